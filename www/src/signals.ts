// Signals: marks on the candles, reasons on hover, and the latest in a list.
import type { ChartView, Crosshair } from './chart/chart';
import { MarkList, type Mark } from './chart/marks';
import type { Signal } from './data/source';
import { byId, h } from './dom';
import { count, fixed } from './format';
import { colours } from './theme';

/** How many the list shows. */
const LISTED = 50;

export class Signals {
  readonly #list = byId('signals');
  readonly #tooltip = byId('tooltip');
  readonly #marks: MarkList;
  #signals: readonly Signal[] = [];
  #rows = new Map<number, Signal[]>();
  /** Later ones are not known yet: a replay has not come to them. */
  #until = Infinity;

  constructor(private readonly view: ChartView) {
    this.#marks = new MarkList(view.bars);
    view.price.add('marks', this.#marks);
    view.onCrosshair((crosshair) => this.#hover(crosshair));
  }

  get count(): number {
    return this.#marks.count;
  }

  /** Shows these instead. */
  set(signals: readonly Signal[]): void {
    this.#signals = [...signals].sort((a, b) => a.time - b.time);
    this.draw();
  }

  set until(time: number) {
    if (time === this.#until) return;
    const between = this.#signals.some((signal) => signal.time > Math.min(time, this.#until) && signal.time <= Math.max(time, this.#until));
    this.#until = time;
    if (between) this.draw();
  }

  /** Places the marks: bars, or colours, are others. */
  draw(): void {
    const known = this.#known;
    this.#rows = Map.groupBy(known, ({ time }) => this.view.rowAt(time));
    this.#rows.delete(-1);
    this.#marks.set([...this.#rows].flatMap(([row, signals]) => signals.map((signal) => mark(row, signal))));
    this.#drawList(known);
    this.view.draw();
  }

  get #known(): Signal[] {
    return this.#signals.filter(({ time }) => time <= this.#until);
  }

  #drawList(known: readonly Signal[]): void {
    byId('signals-count').textContent = known.length === 0 ? '' : count(known.length);
    const latest = known.slice(-LISTED).reverse();
    if (latest.length === 0) {
      this.#list.replaceChildren(h('li', { class: 'muted none' }, 'No signals yet. They appear here as your strategies give them.'));
      return;
    }
    this.#list.replaceChildren(
      ...latest.map((signal) => {
        const button = h(
          'button',
          { type: 'button', title: signal.reason ?? signal.strategy },
          h('span', { class: `side ${signal.side}` }, signal.side),
          h('b', {}, signal.strategy),
          h('time', { datetime: new Date(signal.time).toISOString() }, this.view.moment(signal.time)),
          h('span', { class: 'why' }, signal.reason ?? ''),
        );
        button.addEventListener('click', () => {
          const row = this.view.rowAt(signal.time);
          this.view.show(row);
          this.view.setCrosshair({ row });
        });
        return h('li', {}, button);
      }),
    );
  }

  #hover(crosshair: Crosshair | undefined): void {
    const signals = crosshair === undefined ? undefined : this.#rows.get(crosshair.row);
    if (crosshair === undefined || signals === undefined) {
      this.#tooltip.hidden = true;
      return;
    }
    this.#tooltip.replaceChildren(...signals.map((signal) => this.#describe(signal)));
    this.#tooltip.hidden = false;
    const { width } = this.view.time;
    const { offsetWidth, offsetHeight } = this.#tooltip;
    const left = crosshair.x + 16 + offsetWidth > width ? crosshair.x - offsetWidth - 16 : crosshair.x + 16;
    this.#tooltip.style.left = `${Math.max(4, left)}px`;
    this.#tooltip.style.top = `${Math.max(8, (crosshair.y ?? 60) - offsetHeight - 8)}px`;
  }

  #describe({ side, strategy, reason, entry_price, stop_loss, take_profit, score }: Signal): HTMLElement {
    const numbers: [string, number | null | undefined, number][] = [
      ['Entry', entry_price, this.view.decimals],
      ['Stop', stop_loss, this.view.decimals],
      ['Target', take_profit, this.view.decimals],
      ['Score', score, 2],
    ];
    const facts = numbers.flatMap(([name, value, decimals]) =>
      typeof value === 'number' ? [h('dt', {}, name), h('dd', {}, fixed(value, decimals))] : [],
    );
    return h(
      'div',
      { class: 'signal' },
      h('p', {}, h('span', { class: `side ${side}` }, side), h('b', {}, strategy)),
      h('p', { class: 'reason' }, reason ?? ''),
      h('dl', {}, ...facts),
    );
  }
}

function mark(row: number, { side }: Signal): Mark {
  const buy = side === 'buy';
  return { row, above: !buy, shape: 'arrow', colour: buy ? colours().up : colours().down };
}
