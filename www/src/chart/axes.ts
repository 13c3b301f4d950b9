// Grid, labels of the axes, and the crosshair.
import { colours } from '../theme';
import type { ChartView } from './chart';
import type { View } from './layer';
import type { Pane } from './pane';
import { ticks, type Tick } from './timeaxis';

const FONT = 11;
/** Axes grow in steps, so that they stay where they are while labels change. */
const STEP = 8;

function font(ratio: number, weight = 400): string {
  return `${weight} ${FONT * ratio}px ${getFamily()}`;
}

let family: string | undefined;
function getFamily(): string {
  return (family ??= getComputedStyle(document.body).fontFamily);
}

/** How wide the price axis must be; it does not shrink by little. */
export function axisWidth(context: CanvasRenderingContext2D, panes: readonly Pane[], now: number): number {
  context.save();
  context.font = font(1, 600);
  let widest = 40;
  for (const pane of panes) {
    const { values, decimals } = pane.scale.ticks();
    const tagged = pane.tags(colours()).map(({ text }) => text);
    for (const text of [...values.map((value) => pane.text(value, decimals)), ...tagged]) {
      widest = Math.max(widest, context.measureText(text).width);
    }
  }
  context.restore();
  const wanted = Math.ceil((widest + 20) / STEP) * STEP;
  return wanted > now || wanted < now - 3 * STEP ? wanted : now;
}

/** The lines behind; returns the labels of the time axis. */
export function paintGrid(context: CanvasRenderingContext2D, view: View, chart: ChartView, panes: readonly Pane[]): Tick[] {
  const { time, ratio, columns } = view;
  const marks = time.count === 0 ? [] : ticks(chart, time.from, time.right, time.spacing, chart.zone);
  const line = Math.max(1, Math.floor(ratio));
  context.fillStyle = view.colours.grid;
  const bottom = panes.at(-1);
  const end = bottom === undefined ? 0 : (bottom.scale.top + bottom.scale.height) * ratio;
  for (const { row } of marks) context.fillRect(Math.round(time.x(row) * ratio), 0, line, end);
  for (const { scale } of panes) {
    for (const value of scale.ticks().values) {
      const y = Math.round(scale.y(value) * ratio);
      if (y > scale.top * ratio && y < (scale.top + scale.height) * ratio) context.fillRect(0, y, columns, line);
    }
  }
  return marks;
}

export function paintAxes(context: CanvasRenderingContext2D, view: View, chart: ChartView, panes: readonly Pane[], marks: Tick[]): void {
  const { time, ratio, colours: palette } = view;
  const [left, width] = [time.width * ratio, chart.axis * ratio];
  const line = Math.max(1, Math.floor(ratio));
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  for (const [index, pane] of panes.entries()) {
    const { scale } = pane;
    if (index > 0) {
      context.fillStyle = palette.line;
      context.fillRect(0, Math.round(scale.top * ratio), left + width, line);
    }
    const { values, decimals } = scale.ticks();
    const tags = pane.tags(palette);
    context.font = font(ratio);
    context.fillStyle = palette.muted;
    for (const value of values) {
      const y = scale.y(value);
      const hidden = y < scale.top + 8 || y > scale.top + scale.height - 8 || tags.some((tag) => Math.abs(tag.y - y) < 14);
      if (!hidden) context.fillText(pane.text(value, decimals), left + 8 * ratio, y * ratio);
    }
    for (const { y, at, text, colour, line: dotted } of tags) {
      if (dotted) {
        context.strokeStyle = colour;
        context.lineWidth = line;
        context.setLineDash([line * 1.5, line * 3]);
        context.beginPath();
        context.moveTo(0, Math.round(at * ratio) + 0.5);
        context.lineTo(left, Math.round(at * ratio) + 0.5);
        context.stroke();
        context.setLineDash([]);
      }
      label(context, text, left + 2 * ratio, y * ratio, width - 4 * ratio, colour, ratio);
    }
  }
  const bottom = panes.at(-1);
  const middle = bottom === undefined ? 0 : (bottom.scale.top + bottom.scale.height + 13) * ratio;
  context.textAlign = 'center';
  for (const { row, text, strong } of marks) {
    const x = time.x(row) * ratio;
    context.font = font(ratio, strong ? 600 : 400);
    const half = context.measureText(text).width / 2;
    if (x - half < 0 || x + half > left) continue;
    context.fillStyle = strong ? palette.text : palette.muted;
    context.fillText(text, x, middle);
  }
}

/** A filled label at the price axis. */
function label(context: CanvasRenderingContext2D, text: string, x: number, y: number, width: number, colour: string, ratio: number): void {
  const height = 17 * ratio;
  context.fillStyle = colour;
  context.beginPath();
  context.roundRect(x, y - height / 2, width, height, 4 * ratio);
  context.fill();
  context.fillStyle = readable(colour);
  context.font = font(ratio, 600);
  context.textAlign = 'left';
  context.fillText(text, x + 6 * ratio, y + 0.5 * ratio);
}

/** Black or white, whichever is read better on a colour `#rrggbb`. */
function readable(colour: string): string {
  const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const linear = channels.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  const light = 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!;
  return light > 0.25 ? '#0b0e14' : '#ffffff';
}

export function paintCrosshair(context: CanvasRenderingContext2D, ratio: number, chart: ChartView, panes: readonly Pane[]): void {
  const { canvas } = context;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  const { crosshair, time } = chart;
  if (crosshair === undefined) return;
  const palette = colours();
  const [left, line] = [time.width * ratio, Math.max(1, Math.floor(ratio))];
  const bottom = panes.at(-1);
  const end = bottom === undefined ? 0 : (bottom.scale.top + bottom.scale.height) * ratio;
  const x = Math.round(crosshair.x * ratio);
  context.strokeStyle = palette.faint;
  context.lineWidth = line;
  context.setLineDash([4 * ratio, 4 * ratio]);
  context.beginPath();
  if (x >= 0 && x <= left) {
    context.moveTo(x + line / 2, 0);
    context.lineTo(x + line / 2, end);
  }
  const pane = panes.find(({ scale }) => crosshair.y !== undefined && crosshair.y >= scale.top && crosshair.y < scale.top + scale.height);
  const y = crosshair.y ?? 0;
  if (pane !== undefined) {
    context.moveTo(0, Math.round(y * ratio) + line / 2);
    context.lineTo(left, Math.round(y * ratio) + line / 2);
  }
  context.stroke();
  context.setLineDash([]);
  context.textBaseline = 'middle';
  if (pane !== undefined) {
    label(context, pane.text(pane.scale.value(y)), left + 2 * ratio, y * ratio, (chart.axis - 4) * ratio, palette.label, ratio);
  }
  if (x < 0 || x > left) return;
  const text = chart.moment(chart.timeAt(crosshair.row));
  context.font = font(ratio, 600);
  const wide = context.measureText(text).width + 12 * ratio;
  const at = Math.max(0, Math.min(left - wide, x - wide / 2));
  label(context, text, at, end + 13 * ratio, wide, palette.label, ratio);
}
