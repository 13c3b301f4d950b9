// Signals: marks on the candles, reasons on hover, and the latest in a list.
import type { SeriesMarker, Time } from 'lightweight-charts';
import type { Signal } from './api';
import { seconds, type ChartView, type Crosshair } from './chart';
import { byId, h } from './dom';
import { count, fixed, moment } from './format';
import { colour } from './theme';

/** How many the list shows. */
const LISTED = 50;

export class Signals {
  readonly #list = byId('signals');
  readonly #tooltip = byId('tooltip');
  #signals: Signal[] = [];
  #rows = new Map<number, Signal[]>();

  constructor(private readonly view: ChartView) {
    view.onCrosshair((crosshair) => this.#hover(crosshair));
  }

  /** Shows these instead; called again when bars were appended before them. */
  set(signals: readonly Signal[]): void {
    this.#signals = [...signals].sort((a, b) => a.time - b.time);
    this.draw();
    this.#drawList();
  }

  draw(): void {
    this.#rows = Map.groupBy(this.#signals, ({ time }) => this.view.rowAt(time));
    this.#rows.delete(-1);
    const markers = [...this.#rows].flatMap(([row, signals]) => signals.map((signal) => this.#marker(row, signal)));
    this.view.mark('signals', markers);
  }

  #marker(row: number, { side, strategy }: Signal): SeriesMarker<Time> {
    const buy = side === 'buy';
    return {
      time: seconds(this.view.times[row]!),
      position: buy ? 'belowBar' : 'aboveBar',
      shape: buy ? 'arrowUp' : 'arrowDown',
      color: colour(buy ? 'up' : 'down'),
      size: 1.2,
      id: `signal-${strategy}-${row}`,
    };
  }

  #drawList(): void {
    byId('signals-count').textContent = this.#signals.length === 0 ? '' : count(this.#signals.length);
    const latest = this.#signals.slice(-LISTED).reverse();
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
          h('time', { datetime: new Date(signal.time).toISOString() }, moment(signal.time)),
          h('span', { class: 'why' }, signal.reason ?? ''),
        );
        button.addEventListener('click', () => this.view.show(this.view.rowAt(signal.time)));
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
    const stage = this.#tooltip.offsetParent?.clientWidth ?? innerWidth;
    const left = crosshair.x + 16 + this.#tooltip.offsetWidth > stage - 80 ? crosshair.x - this.#tooltip.offsetWidth - 16 : crosshair.x + 16;
    this.#tooltip.style.left = `${Math.max(4, left)}px`;
    this.#tooltip.style.top = `${Math.max(8, crosshair.y - this.#tooltip.offsetHeight - 8)}px`;
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
