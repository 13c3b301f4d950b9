import type { IndicatorId } from '../index.js';

/** A bar as klinecharts has it. */
export interface KLineData {
  timestamp: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume?: number;
}

/** What `registerIndicator` takes. */
export interface Template {
  /** The indicator's id in capitals. */
  name: string;
  shortName: string;
  series: 'price' | 'normal';
  /** The parameters that are numbers, in the catalogue's order. */
  calcParams: number[];
  figures: { key: string; title: string; type: 'line' | 'bar'; baseValue?: number }[];
  calc(list: KLineData[], indicator: { calcParams?: unknown[] }): Record<string, number>[];
}

/**
 * A template for every indicator of the catalogue, or for those of these ids, to be registered once the module is loaded.
 * What is drawn displaced (ichimoku's cloud) stands in the row where it is drawn; what would be after the last bar is not
 * drawn, since the library has no rows there.
 *
 * ```js
 * for (const template of templates()) registerIndicator(template);
 * chart.createIndicator('SUPERTREND', true);
 * ```
 */
export function templates(ids?: Iterable<IndicatorId>): Template[];
