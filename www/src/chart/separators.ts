// The bars between panes: dragged, or moved by keys, they give height from one to the other.
import { h } from '../dom';
import type { ChartView } from './chart';

const LIGHTEST = 0.06;

export class Separators {
  readonly #bars: HTMLElement[] = [];

  constructor(
    private readonly chart: ChartView,
    private readonly moved: () => void,
  ) {
    chart.onDraw(() => this.#place());
  }

  #place(): void {
    const { panes } = this.chart;
    while (this.#bars.length < panes.length - 1) this.#add(this.#bars.length);
    while (this.#bars.length > panes.length - 1) this.#bars.pop()?.remove();
    for (const [index, bar] of this.#bars.entries()) {
      const { top } = panes[index + 1]!.scale;
      const at = `${Math.round(top) - 4}px`;
      if (bar.style.top !== at) bar.style.top = at;
      bar.setAttribute('aria-valuenow', String(Math.round((top / Math.max(1, this.chart.height)) * 100)));
    }
  }

  #add(index: number): void {
    const bar = h('div', {
      class: 'separator',
      role: 'separator',
      tabindex: 0,
      'aria-orientation': 'horizontal',
      'aria-label': `Height of pane ${index + 2}`,
      'aria-valuemin': 0,
      'aria-valuemax': 100,
    });
    let from: number | undefined;
    bar.addEventListener('pointerdown', (event) => {
      from = event.clientY;
      bar.setPointerCapture(event.pointerId);
    });
    bar.addEventListener('pointermove', (event) => {
      if (from === undefined) return;
      this.#shift(index, event.clientY - from);
      from = event.clientY;
    });
    for (const name of ['pointerup', 'pointercancel'] as const) bar.addEventListener(name, () => (from = undefined));
    bar.addEventListener('keydown', (event) => {
      const step = { ArrowUp: -16, ArrowDown: 16 }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      this.#shift(index, step);
    });
    this.chart.container.parentElement?.append(bar);
    this.#bars.push(bar);
  }

  #shift(index: number, pixels: number): void {
    const { panes } = this.chart;
    const [above, below] = [panes[index], panes[index + 1]];
    if (above === undefined || below === undefined) return;
    const weights = panes.reduce((sum, { weight }) => sum + weight, 0);
    const part = (pixels / Math.max(1, this.chart.height)) * weights;
    const given = Math.max(LIGHTEST - above.weight, Math.min(below.weight - LIGHTEST, part));
    above.weight += given;
    below.weight -= given;
    this.chart.drawNow();
    this.moved();
  }
}
