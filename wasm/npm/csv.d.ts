/** Candles as columns of one length, the oldest first: what `Frame.from` takes. */
export type Candles = {
  /** When they opened, in milliseconds since 1970 UTC, strictly increasing. */
  time: Float64Array;
  open: Float64Array;
  high: Float64Array;
  low: Float64Array;
  close: Float64Array;
  /** Zeros where the text has none. */
  volume: Float64Array;
};

/**
 * Candles from CSV text. Needs no `init()`, and nothing of the module: it runs in any worker.
 *
 * The first line that is not empty tells the separator, the first of `;`, tab and `,` that it has, and the columns:
 *
 * - A header names them in any order and case, beside others, also as `<OPEN>` or `Open time`: the time as `time`,
 *   `timestamp`, `date`, `datetime`, `open_time` or `unix`, or as `date` and, behind it, `time`, which are read as one; `open`, `high`,
 *   `low` and `close`; and `volume`, else `vol`, `tick_volume` or `tickvol`. Without one of these the volume is 0.
 * - Without a header they are time, open, high, low, close and volume; more may follow.
 *
 * Times are either Unix seconds, milliseconds, microseconds or nanoseconds, which of them the newest tells; or dates with the
 * year first (`2024-01-31`, `2024/01/31`, `2024.01.31`, `20240131`), after them perhaps a time of day (`9:30`, `09:30:00.5`,
 * `0930`, `093000`) and a zone (`Z`, `+01:00`), UTC if there is none. Eight digits are a date if the first time is one so
 * written.
 *
 * ```js
 * import { init, Frame } from 'atra-wasm';
 * import { readCandles } from 'atra-wasm/csv';
 *
 * await init();
 * const frame = Frame.from(readCandles('date,open,high,low,close\n2024-01-31,10,12,9,11\n2024-02-01,11,13,10,12\n'));
 * frame.time[0]; // 1706659200000
 * frame.column('high'); // 12, 13
 * ```
 *
 * @param text the whole file; its rows are in order of time, the oldest or the newest first.
 * @returns the candles; other columns are left out.
 * @throws an `AtraError` of code `data`, which names line and column, for what cannot be read, a high or low that another
 * price of its bar is beyond, a negative volume, and times that repeat or go back; of code `parameter` for what is no text.
 */
export function readCandles(text: string): Candles;
