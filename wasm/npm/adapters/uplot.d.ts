import type { Bar, Frame, IndicatorId, WatchedOf } from '../index.js';

/** Columns that follow a frame. */
export interface Following {
  /** The names of the columns after the first, which is the times. */
  readonly names: readonly string[];
  /**
   * Times in milliseconds (`ms: 1` in uPlot's options) and every output, as uPlot takes them: null where there is none.
   * What is drawn displaced (ichimoku's cloud) is, and with it come rows after the last bar, as far apart as bars usually are.
   */
  data(): [number[], ...(number | null)[][]];
  /** Takes a bar, into the frame too, and writes one row; whether the bar is a new one. */
  update(bar: Bar): boolean;
  free(): void;
}

/**
 * Columns for uPlot that follow a frame.
 *
 * ```js
 * const following = follow(frame, [{ id: 'rsi' }]);
 * const plot = new uPlot({ ms: 1, series: [{}, { label: following.names[0] }], … }, following.data(), element);
 * following.update(bar);
 * plot.setData(following.data());
 * ```
 *
 * @param options how many of the newest bars `data()` has, all if left out.
 */
export function follow<Id extends IndicatorId>(
  frame: Frame,
  list: readonly WatchedOf<Id>[],
  options?: { window?: number },
): Following;
