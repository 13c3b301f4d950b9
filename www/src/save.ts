// The chart as a picture, and what it shows as a table.
import type { Frame } from 'atra-wasm';
import type { ChartView } from './chart/chart';
import { COLUMNS } from './data/frames';
import type { Indicators } from './indicators';
import { candle, values, type Item } from './readings';
import { colours } from './theme';

const TITLE = 40;

/** Gives the visitor a file. */
export function download(data: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(data);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The chart with its title and legends, at twice the screen's size or its own if that is finer. */
export async function picture(view: ChartView, indicators: Indicators, frame: Frame, title: string): Promise<Blob> {
  const ratio = Math.max(2, devicePixelRatio);
  const { clientWidth: width, clientHeight: height } = view.container;
  const chart = canvas(width * ratio, height * ratio);
  view.paint(chart, ratio);
  const whole = canvas(width * ratio, (height + TITLE) * ratio);
  const palette = colours();
  whole.fillStyle = palette.surface;
  whole.fillRect(0, 0, whole.canvas.width, whole.canvas.height);
  whole.drawImage(chart.canvas, 0, TITLE * ratio);
  whole.scale(ratio, ratio);
  const family = getComputedStyle(document.body).fontFamily;
  whole.textBaseline = 'middle';
  whole.fillStyle = palette.text;
  const row = frame.length - 1;
  const date = `${view.moment(frame.time[row]!)} ${view.zone.label} · atra`;
  whole.font = `400 12px ${family}`;
  const room = width - 36 - whole.measureText(date).width;
  whole.font = `600 15px ${family}`;
  whole.fillText(fitting(whole, title, room), 12, TITLE / 2);
  whole.textAlign = 'right';
  whole.fillStyle = palette.muted;
  whole.font = `400 12px ${family}`;
  whole.fillText(date, width - 12, TITLE / 2);
  whole.textAlign = 'left';
  /** Goes on in a line below where there is no more room; gives where the last line stands. */
  const line = (text: string, items: readonly Item[], y: number): number => {
    let x = 12;
    const put = (part: readonly [text: string, colour: string][], weight = 400): void => {
      whole.font = `${weight} 12px ${family}`;
      const widths = part.map(([text]) => whole.measureText(text).width + 8);
      const end = x + widths.reduce((sum, one) => sum + one, 0);
      if (end > view.time.width && x > 12) [x, y] = [24, y + 16];
      for (const [index, [text, colour]] of part.entries()) {
        whole.fillStyle = colour;
        whole.fillText(text, x, y);
        x += widths[index]!;
      }
    };
    if (text !== '') put([[text, palette.text]], 600);
    for (const { name, text: value, colour, kind } of items) {
      if (value === '') continue;
      const read = [value, colour ?? (kind === undefined ? palette.text : palette[kind])] as const;
      put(items.length > 1 ? [[name, palette.muted], [...read]] : [[...read]]);
    }
    return y;
  };
  let top = line('', candle(view, frame, row), TITLE + 16);
  for (const shown of indicators.list) {
    if (!shown.plots.shown) continue;
    const own = shown.plots.ownPane;
    const y = line(shown.title, values(view, shown, row), own === undefined ? top + 18 : TITLE + own.scale.top + 16);
    if (own === undefined) top = y;
  }
  // What was laid out for the picture is what the screen has.
  view.draw();
  return new Promise((resolve, reject) => {
    whole.canvas.toBlob((blob) => (blob === null ? reject(new Error('The browser cannot make a picture of this size.')) : resolve(blob)), 'image/png');
  });
}

/** A text, or its beginning, that is so wide at most. */
function fitting(context: CanvasRenderingContext2D, text: string, width: number): string {
  let fits = text;
  while (fits.length > 1 && context.measureText(fits).width > width) fits = `${fits.slice(0, -2)}…`;
  return fits;
}

/** Every bar with every indicator's outputs, each in the row it was computed at. */
export function table(indicators: Indicators, frame: Frame): Blob {
  const outputs = indicators.list.flatMap(({ title, plots }) => plots.outputs().map(({ name, values: column }) => ({ name: `${title} ${name}`, column })));
  const names = ['time', ...COLUMNS, ...outputs.map(({ name }) => (name.includes(',') ? `"${name}"` : name))];
  const columns = [...COLUMNS.map((name) => frame.column(name)), ...outputs.map(({ column }) => column)];
  const { time } = frame;
  const parts = [`${names.join(',')}\n`];
  let chunk = '';
  for (let row = 0; row < time.length; row++) {
    chunk += new Date(time[row]!).toISOString();
    for (const column of columns) {
      const value = column[row]!;
      chunk += Number.isFinite(value) ? `,${value}` : ',';
    }
    chunk += '\n';
    if (chunk.length > 1 << 20) {
      parts.push(chunk);
      chunk = '';
    }
  }
  parts.push(chunk);
  return new Blob(parts, { type: 'text/csv' });
}

function canvas(width: number, height: number): CanvasRenderingContext2D {
  const element = document.createElement('canvas');
  element.width = Math.round(width);
  element.height = Math.round(height);
  const context = element.getContext('2d');
  if (context === null) throw new Error('The browser gives no canvas to draw on.');
  return context;
}
