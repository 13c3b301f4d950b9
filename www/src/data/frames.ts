// Frames cut and joined, and their candles as bars.
import { Frame, type Bar } from 'atra-wasm';

export const COLUMNS = ['open', 'high', 'low', 'close', 'volume'] as const;

/** The first `rows` bars as a frame of their own. */
export function head(frame: Frame, rows: number): Frame {
  const columns = COLUMNS.map((name) => [name, frame.column(name).slice(0, rows)]);
  return Frame.from({ time: frame.time.slice(0, rows), ...Object.fromEntries(columns) });
}

/** The bars of two frames, the second's all later. */
export function joined(before: Frame, after: Frame): Frame {
  const join = (one: Float64Array, other: Float64Array): Float64Array => {
    const both = new Float64Array(one.length + other.length);
    both.set(one);
    both.set(other, one.length);
    return both;
  };
  const columns = COLUMNS.map((name) => [name, join(before.column(name), after.column(name))]);
  return Frame.from({ time: join(before.time, after.time), ...Object.fromEntries(columns) });
}

/** The bar of a row. */
export function barAt(frame: Frame, row: number): Bar {
  const value = (name: (typeof COLUMNS)[number]): number => frame.column(name)[row]!;
  return { time: frame.time[row]!, open: value('open'), high: value('high'), low: value('low'), close: value('close'), volume: value('volume') };
}
