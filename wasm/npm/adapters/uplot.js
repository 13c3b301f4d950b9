// Indicators for uPlot: columns that a tick writes one row of. They are plain arrays, since uPlot knows a gap only as null.
import { interval } from './history.js';

/** Columns for uPlot that follow a frame; see uplot.d.ts. */
export function follow(frame, list, { window = Infinity } = {}) {
  const watch = frame.watch(list);
  const time = Array.from(frame.time);
  let length = time.length;
  const displacements = [];
  const computed = list.flatMap(({ id, params }) => {
    const output = frame.compute(id, params);
    const values = output.values.map((column) => Array.from(column, gap));
    displacements.push(...output.displacements);
    output.free();
    return values;
  });
  // Rows after the last bar, for what is drawn ahead.
  const ahead = Math.max(0, ...displacements);
  const extend = () => {
    const step = interval(time, length);
    for (let row = length; row < length + ahead; row++) time[row] = time[row - 1] + step;
  };
  if (length > 0) extend();
  const columns = computed.map((column, index) => Array.from(time, (_, row) => column[row - displacements[index]] ?? null));
  const all = [time, ...columns];
  return {
    names: watch.items.flatMap(({ outputs }) => outputs),
    data: () => (length > window ? all.map((column) => column.slice(length - window)) : all),
    update(bar) {
      const values = watch.update(bar);
      const isNew = length === 0 || time[length - 1] !== bar.time;
      if (isNew) {
        time[length++] = bar.time;
        if (ahead > 0) extend();
        for (const column of columns) while (column.length < time.length) column.push(null);
      }
      columns.forEach((column, index) => {
        const row = length - 1 + displacements[index];
        if (row >= 0) column[row] = gap(values[index]);
      });
      return isNew;
    },
    free: () => watch.free(),
  };
}

function gap(value) {
  return Number.isFinite(value) ? value : null;
}
