// Where candles come from: the server, samples beside the page, files of the visitor, or a generator.
import type { Bar, Frame } from 'atra-wasm';

/** A series to look at. */
export interface Choice {
  symbol: string;
  interval: string;
}

/** A series there is. */
export interface Market extends Choice {
  candles: number;
  first: number;
  last: number;
}

/** What a strategy said. */
export interface Signal extends Choice {
  time: number;
  strategy: string;
  side: 'buy' | 'sell';
  entry_price?: number | null;
  stop_loss?: number | null;
  take_profit?: number | null;
  score?: number | null;
  reason?: string | null;
}

/** A bar as it arrives live; `closed` when it will not change any more. */
export interface LiveBar extends Bar {
  closed: boolean;
}

export interface Source {
  /** What its series are called together. */
  readonly name: string;
  /** Whether bars go on arriving. */
  readonly live: boolean;
  markets(): Promise<Market[]>;
  /** The last `limit` candles, or those before a time: a frame that is the caller's to free. */
  candles(choice: Choice, limit: number, before?: number): Promise<Frame>;
  signals(choice: Choice): Promise<Signal[]>;
}

/** What was answered instead of data; `status` 0 when nothing answered. */
export class SourceError extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

/** Whether two choices are the same series. */
export function same(one: Choice | undefined, other: Choice | undefined): boolean {
  return one?.symbol === other?.symbol && one?.interval === other?.interval;
}
