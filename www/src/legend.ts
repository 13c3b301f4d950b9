// What stands under the crosshair, in the corner of each pane; without a crosshair, the last bar.
import { byId, h, oncePerFrame } from './dom';
import { compact, decimalsFor, fixed, moment } from './format';
import type { ChartView } from './chart';
import type { Indicators, Shown } from './indicators';
import type { Frame } from 'atra-wasm';

export class Legend {
  readonly #root = byId('legends');
  #frame: Frame | undefined;
  #row: number | undefined;
  #daily = false;
  readonly draw = oncePerFrame(() => this.#draw());

  constructor(
    private readonly view: ChartView,
    private readonly indicators: Indicators,
  ) {
    view.onCrosshair((crosshair) => {
      this.#row = crosshair?.row;
      this.draw();
    });
    // Panes are made and dragged without telling anyone; their places are looked up when something moved.
    view.chart.timeScale().subscribeSizeChange(this.draw);
    byId('chart').addEventListener('pointerup', this.draw);
  }

  show(frame: Frame | undefined, daily: boolean): void {
    this.#frame = frame;
    this.#daily = daily;
    this.#row = undefined;
    this.draw();
  }

  #draw(): void {
    const frame = this.#frame;
    if (frame === undefined || frame.length === 0) return this.#root.replaceChildren();
    const row = Math.min(this.#row ?? frame.length - 1, frame.length - 1);
    const overlays = this.indicators.list.filter(({ spec }) => spec.overlay);
    const legends = [this.#place(0, this.#candle(frame, row), ...overlays.map((shown) => this.#line(shown, row)))];
    for (const shown of this.indicators.list) {
      const pane = shown.plots.ownPane;
      if (pane !== undefined) legends.push(this.#place(pane.paneIndex(), this.#line(shown, row)));
    }
    this.#root.replaceChildren(...legends);
  }

  #place(pane: number, ...lines: HTMLElement[]): HTMLElement {
    const element = this.view.chart.panes()[pane]?.getHTMLElement();
    const top = element === null || element === undefined ? 0 : element.getBoundingClientRect().top - this.#root.getBoundingClientRect().top;
    const legend = h('div', { class: 'legend' }, ...lines);
    legend.style.top = `${Math.round(top)}px`;
    return legend;
  }

  #candle(frame: Frame, row: number): HTMLElement {
    const at = (name: string): number => frame.column(name)[row] ?? NaN;
    const rising = at('close') >= at('open');
    const price = (name: string): HTMLElement =>
      h('span', { class: rising ? 'up' : 'down' }, h('i', {}, name[0]!.toUpperCase()), fixed(at(name), this.view.decimals));
    return h(
      'div',
      { class: 'line' },
      h('b', {}, moment(frame.time[row]!, this.#daily)),
      ...['open', 'high', 'low', 'close'].map(price),
      h('span', {}, h('i', {}, 'V'), compact(at('volume'))),
    );
  }

  #line(shown: Shown, row: number): HTMLElement {
    const { spec } = shown;
    const readings = shown.plots.read(row).map(({ name, value, colour }) => {
      const text = spec.overlay ? fixed(value, this.view.decimals) : size(value);
      const reading = h('span', { title: name }, spec.outputs.length > 1 ? h('i', {}, name) : '', text);
      reading.style.color = colour;
      return reading;
    });
    return h('div', { class: 'line', 'data-testid': `legend-${spec.id}` }, h('b', {}, shown.title), ...readings);
  }
}

function size(value: number): string {
  return Math.abs(value) >= 100_000 ? compact(value) : fixed(value, decimalsFor(Math.abs(value)));
}
