import type { Bar, Frame, IndicatorId, WatchedOf } from '../index.js';

/** What of lightweight-charts is used: pass the module itself. */
export interface Library {
  readonly LineSeries: unknown;
  readonly HistogramSeries: unknown;
  readonly createSeriesMarkers: (...args: never[]) => unknown;
}

/** A chart that `createChart` made. */
export interface Chart {
  addSeries: (...args: never[]) => unknown;
  removeSeries: (...args: never[]) => unknown;
  panes(): readonly unknown[];
}

/** An indicator, and where it is drawn. */
export type Drawn<Id extends IndicatorId = IndicatorId> = WatchedOf<Id> & {
  /** The pane's number; overlays are drawn in pane 0, others in a new one. */
  readonly pane?: number;
  /** Options of the series. */
  readonly options?: object;
  /** The series of the candles that patterns mark; without it they are not drawn. */
  readonly on?: unknown;
};

/** What was drawn. */
export interface Following {
  /** The series, in the order of the outputs that have one. */
  readonly series: readonly unknown[];
  /** Takes a bar, into the frame too, and draws one point a series; whether the bar is a new one. */
  update(bar: Bar): boolean;
  /** Takes everything off the chart. */
  remove(): void;
}

/**
 * Draws indicators on lightweight-charts and keeps them up to date. What is drawn displaced (ichimoku's cloud) is; after
 * the last bar as far apart as bars usually are.
 *
 * ```js
 * import * as library from 'lightweight-charts';
 * const following = follow(chart, library, frame, [{ id: 'ema' }, { id: 'macd' }]);
 * following.update(bar);
 * ```
 *
 * @param options how many bars are drawn at most, 20,000 if left out: the library becomes slow beyond.
 */
export function follow<Id extends IndicatorId>(
  chart: Chart,
  library: Library,
  frame: Frame,
  list: readonly Drawn<Id>[],
  options?: { window?: number },
): Following;
