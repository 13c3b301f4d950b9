// A watch and the history of its outputs, in arrays that grow: a tick writes one row, nothing is computed again.
export class History {
  #watch;

  constructor(frame, list) {
    this.#watch = frame.watch(list);
    this.length = frame.length;
    const room = Math.max(1024, 2 * frame.length);
    this.time = filled(room, frame.time);
    /** The outputs' values, item after item, as `watch.values` has them. */
    this.columns = [];
    /** How many bars later than its bar each is drawn. */
    this.displacements = [];
    for (const { id, params } of list) {
      const output = frame.compute(id, params);
      this.displacements.push(...output.displacements);
      for (const name of output.outputs) this.columns.push(filled(room, output[name]));
      output.free();
    }
    this.items = this.#watch.items;
  }

  /** Takes a bar; whether it is a new one, and not the last one again. */
  update(bar) {
    const values = this.#watch.update(bar);
    const isNew = this.length === 0 || this.time[this.length - 1] !== bar.time;
    if (isNew && ++this.length > this.time.length) {
      const room = 2 * this.time.length;
      this.time = filled(room, this.time);
      this.columns = this.columns.map((column) => filled(room, column));
    }
    this.time[this.length - 1] = bar.time;
    for (let index = 0; index < values.length; index++) this.columns[index][this.length - 1] = values[index];
    return isNew;
  }

  free() {
    this.#watch.free();
  }
}

/** How far apart the newest of so many times usually are: a minute, as long as there are not two. */
export function interval(time, length) {
  const steps = [];
  for (let row = Math.max(1, length - 100); row < length; row++) steps.push(time[row] - time[row - 1]);
  return steps.sort((one, other) => one - other)[steps.length >> 1] ?? 60_000;
}

function filled(room, values) {
  const column = new Float64Array(room);
  column.set(values);
  return column;
}
