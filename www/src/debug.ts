// For tests and the curious: what the page shows, read only, as `window.__atra`.
import type { ChartView } from './chart/chart';
import { ticks } from './chart/timeaxis';
import type { Indicators } from './indicators';
import type { Session } from './session';
import type { Signals } from './signals';

interface Parts {
  session: Session;
  view: ChartView;
  indicators: Indicators;
  marks: Signals;
}

export interface Debug {
  readonly ready: boolean;
  readonly bars: number;
  readonly lastTime: number;
  readonly panes: number;
  readonly markers: number;
  /** The rows at the edges. */
  readonly range: readonly [from: number, to: number];
  /** How long the last drawing took. */
  readonly drew: number;
  /** The labels of the price axis, and what they stand at. */
  labels(): [text: string, value: number][];
  /** The labels of the time axis, and the rows they stand at. */
  dates(): [text: string, row: number][];
  times(): number[];
  /** Where the highest candle that is seen is drawn, in pixels of the chart. */
  peak(): number;
  /** Where a price of a bar is drawn, in pixels of the chart. */
  place(row: number, price: number): [x: number, y: number];
  /** The last values of an indicator's first output. */
  outputs(id: string): number[];
}

declare global {
  interface Window {
    __atra?: Debug;
  }
}

export function watchState({ session, view, indicators, marks }: Parts): void {
  const debug: Debug = {
    get ready() {
      return session.frame !== undefined;
    },
    get bars() {
      return session.frame?.length ?? 0;
    },
    get lastTime() {
      return session.frame?.time.at(-1) ?? 0;
    },
    get panes() {
      return view.panes.length;
    },
    get markers() {
      return marks.count;
    },
    get range() {
      return [view.time.from, view.time.right] as const;
    },
    get drew() {
      return view.drew;
    },
    labels: () => {
      const { values, decimals } = view.price.scale.ticks();
      return values.map((value) => [view.price.text(value, decimals), value]);
    },
    dates: () => ticks(view, view.time.from, view.time.right, view.time.spacing, view.zone).map(({ text, row }) => [text, row]),
    place: (row, price) => [view.time.x(row), view.price.scale.y(price)],
    peak: () => {
      const [from, to] = [Math.max(0, Math.ceil(view.time.from)), Math.floor(view.time.right) + 1];
      const seen = session.frame?.column('high').slice(from, to) ?? new Float64Array();
      return view.price.scale.y(Math.max(...seen));
    },
    times: () => Array.from(session.frame?.time ?? []),
    outputs: (id) => {
      const shown = indicators.list.find(({ spec }) => spec.id === id);
      return Array.from(shown?.plots.outputs()[0]?.values.slice(-5) ?? []);
    },
  };
  window.__atra = Object.freeze(debug);
}
