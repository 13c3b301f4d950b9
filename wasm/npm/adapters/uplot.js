// Indicators for uPlot: its columns are arrays already, so a tick writes one row and nothing is copied.
import { History } from './history.js';

/** Columns for uPlot that follow a frame; see uplot.d.ts. */
export function follow(frame, list, { window = Infinity } = {}) {
  const history = new History(frame, list);
  return {
    names: history.items.flatMap(({ outputs }) => outputs),
    data() {
      const first = Math.max(0, history.length - window);
      return [history.time, ...history.columns].map((column) => column.subarray(first, history.length));
    },
    update(bar) {
      return history.update(bar);
    },
    free() {
      history.free();
    },
  };
}
