// What there is to read of a bar: its prices, and each indicator's values. The legend and the data window show it.
import type { Frame } from 'atra-wasm';
import type { ChartView } from './chart/chart';
import { fixed, reading, shortened } from './format';
import type { Indicators, Shown } from './indicators';

export interface Item {
  name: string;
  text: string;
  colour?: string;
  /** A class instead of a colour. */
  kind?: 'up' | 'down';
}

export function candle(view: ChartView, frame: Frame, row: number): Item[] {
  const at = (name: string, of = row): number => frame.column(name)[of] ?? NaN;
  const kind = at('close') >= at('open') ? 'up' : 'down';
  const prices = ['open', 'high', 'low', 'close'].map((name) => ({ name, text: fixed(at(name), view.decimals), kind }) as const);
  const change = (at('close') / at('close', row - 1) - 1) * 100;
  const known = Number.isFinite(change);
  const moved: Item = { name: 'change', text: known ? percent(change) : '', ...(known ? { kind: change >= 0 ? 'up' : 'down' } : {}) };
  return [...prices, moved, { name: 'volume', text: shortened(at('volume')) }];
}

export function percent(part: number): string {
  return `${part >= 0 ? '+' : '−'}${Math.abs(part).toFixed(2)} %`;
}

export function values(view: ChartView, { spec, plots }: Shown, row: number): Item[] {
  return plots.read(row).map(({ name, value, colour }) => ({
    name,
    text: spec.overlay ? fixed(value, view.decimals) : reading(value),
    colour,
  }));
}

/** A bar as a sentence. */
export function spoken(view: ChartView, indicators: Indicators, frame: Frame, row: number): string {
  const say = (items: Item[]): string => items.flatMap(({ name, text }) => (text === '' ? [] : [`${name} ${text}`])).join(', ');
  const lines = indicators.list.filter(({ plots }) => plots.shown).map((shown) => `${shown.spec.name}: ${say(values(view, shown, row))}`);
  return [view.moment(frame.time[row]!), say(candle(view, frame, row)), ...lines].join('. ');
}
