// The bar on top: which market, its last price, and whether it is live.
import type { Choice, Market } from './api';
import { byId, h } from './dom';
import { fixed, moment } from './format';
import type { LiveState } from './live';

export type State = LiveState | 'loading' | 'error' | 'empty';

const STATES: Record<State, string> = {
  loading: 'Loading',
  connecting: 'Connecting',
  live: 'Live',
  reconnecting: 'Reconnecting',
  offline: 'Offline',
  error: 'Error',
  empty: 'No data',
};

export class Header {
  readonly symbol = byId<HTMLSelectElement>('symbol');
  readonly #intervals = byId('intervals');
  #markets: Market[] = [];
  #choice: Choice = { symbol: '', interval: '' };

  constructor(private readonly chosen: (choice: Choice) => void) {
    this.symbol.addEventListener('change', () => {
      const { value } = this.symbol;
      const intervals = this.#of(value);
      const interval = intervals.includes(this.#choice.interval) ? this.#choice.interval : intervals[0];
      if (interval !== undefined) this.chosen({ symbol: value, interval });
    });
  }

  show(markets: Market[], choice: Choice): void {
    this.#markets = markets;
    this.#choice = choice;
    const symbols = [...new Set([...markets.map(({ symbol }) => symbol), choice.symbol])];
    this.symbol.replaceChildren(...symbols.map((symbol) => h('option', { value: symbol }, symbol)));
    this.symbol.value = choice.symbol;
    this.symbol.disabled = false;
    const intervals = [...new Set([...this.#of(choice.symbol), choice.interval])];
    this.#intervals.replaceChildren(
      ...intervals.map((interval) => {
        const pressed = interval === choice.interval;
        const button = h('button', { type: 'button', 'aria-pressed': String(pressed), 'data-testid': `interval-${interval}` }, interval);
        button.addEventListener('click', () => {
          if (interval !== this.#choice.interval) this.chosen({ symbol: this.#choice.symbol, interval });
        });
        return button;
      }),
    );
    document.title = `${choice.symbol} ${choice.interval} · atra`;
  }

  state(state: State): void {
    byId('status').dataset['state'] = state;
    byId('status-text').textContent = STATES[state];
  }

  /** The last price, and how far it is from the bar before. */
  quote(close: number | undefined, before: number | undefined, decimals: number, time: number | undefined): void {
    const change = byId('change');
    byId('last-price').textContent = close === undefined ? '–' : fixed(close, decimals);
    byId('live-time').textContent = time === undefined ? 'no bar yet' : `bar of ${moment(time)}`;
    if (close === undefined || before === undefined || before === 0) {
      change.textContent = '';
      return;
    }
    const part = (close / before - 1) * 100;
    change.textContent = `${part >= 0 ? '+' : '−'}${Math.abs(part).toFixed(2)} %`;
    change.className = `change ${part >= 0 ? 'up' : 'down'}`;
  }

  #of(symbol: string): string[] {
    return this.#markets.filter((market) => market.symbol === symbol).map(({ interval }) => interval);
  }
}
