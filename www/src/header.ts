// The bar on top: which market, its last price, and whether it is live.
import { same, type Choice, type Market, type Source } from './data/source';
import type { LiveState } from './data/live';
import { byId, h } from './dom';
import { fixed } from './format';
import { percent } from './readings';

export type State = LiveState | 'loading' | 'error' | 'empty' | 'still' | 'replay';

const STATES: Record<State, string> = {
  loading: 'Loading',
  connecting: 'Connecting',
  live: 'Live',
  reconnecting: 'Reconnecting',
  offline: 'Offline',
  error: 'Error',
  empty: 'No data',
  still: 'Not live',
  replay: 'Replay',
};

/** A series and where it comes from. */
export interface Listed extends Market {
  source: Source;
}

export class Header {
  readonly symbol = byId<HTMLSelectElement>('symbol');
  readonly #intervals = byId('intervals');
  #markets: readonly Listed[] = [];
  #choice: Choice = { symbol: '', interval: '' };

  constructor(private readonly chosen: (choice: Choice) => void) {
    this.symbol.addEventListener('change', () => {
      const { value } = this.symbol;
      const intervals = this.#of(value);
      const interval = intervals.includes(this.#choice.interval) ? this.#choice.interval : intervals[0];
      if (interval !== undefined) this.chosen({ symbol: value, interval });
    });
  }

  show(markets: readonly Listed[], choice: Choice): void {
    this.#markets = markets;
    this.#choice = choice;
    const groups = Map.groupBy(markets, ({ source }) => source.name);
    const options = (list: readonly Choice[]): HTMLElement[] =>
      [...new Set(list.map(({ symbol }) => symbol))].map((symbol) => h('option', { value: symbol }, symbol));
    const known = markets.some(({ symbol }) => symbol === choice.symbol);
    this.symbol.replaceChildren(
      ...(known || choice.symbol === '' ? [] : options([choice])),
      ...[...groups].map(([label, list]) => h('optgroup', { label }, ...options(list))),
    );
    this.symbol.value = choice.symbol;
    this.symbol.disabled = false;
    const intervals = [...new Set([...this.#of(choice.symbol), ...(choice.interval === '' ? [] : [choice.interval])])];
    this.#intervals.replaceChildren(
      ...intervals.map((interval) => {
        const pressed = interval === choice.interval;
        const button = h('button', { type: 'button', 'aria-pressed': String(pressed), 'data-testid': `interval-${interval}` }, interval);
        button.addEventListener('click', () => {
          if (!same(this.#choice, { symbol: this.#choice.symbol, interval })) this.chosen({ symbol: this.#choice.symbol, interval });
        });
        return button;
      }),
    );
  }

  state(state: State): void {
    byId('status').dataset['state'] = state;
    byId('status-text').textContent = STATES[state];
  }

  /** The last price, and how far it is from the bar before. */
  quote(close: number | undefined, before: number | undefined, decimals: number): void {
    const change = byId('change');
    const price = close === undefined ? '–' : fixed(close, decimals);
    byId('last-price').textContent = price;
    const title = [this.#choice.symbol, ...(close === undefined ? [] : [price]), 'atra'].filter(Boolean).join(' · ');
    if (document.title !== title) document.title = title;
    if (close === undefined || before === undefined || before === 0) {
      change.textContent = '';
      return;
    }
    const part = (close / before - 1) * 100;
    change.textContent = percent(part);
    change.className = `change ${part >= 0 ? 'up' : 'down'}`;
  }

  #of(symbol: string): string[] {
    return this.#markets.filter((market) => market.symbol === symbol).map(({ interval }) => interval);
  }
}
