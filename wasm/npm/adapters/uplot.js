// Indicators for uPlot: columns that a tick writes one row of. They are plain arrays, since uPlot knows a gap only as null.

/** Columns for uPlot that follow a frame; see uplot.d.ts. */
export function follow(frame, list, { window = Infinity } = {}) {
  const watch = frame.watch(list);
  const time = Array.from(frame.time);
  const columns = list.flatMap(({ id, params }) => {
    const output = frame.compute(id, params);
    const values = output.values.map((column) => Array.from(column, gap));
    output.free();
    return values;
  });
  const all = [time, ...columns];
  return {
    names: watch.items.flatMap(({ outputs }) => outputs),
    data: () => (time.length > window ? all.map((column) => column.slice(-window)) : all),
    update(bar) {
      const values = watch.update(bar);
      const isNew = time.at(-1) !== bar.time;
      const row = isNew ? time.length : time.length - 1;
      time[row] = bar.time;
      columns.forEach((column, index) => (column[row] = gap(values[index])));
      return isNew;
    },
    free: () => watch.free(),
  };
}

function gap(value) {
  return Number.isFinite(value) ? value : null;
}
