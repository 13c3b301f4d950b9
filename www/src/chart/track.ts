// A column as the chart reads it: values by row, and extremes of long stretches without looking at every row.

/** Rows a block; blocks remember their extremes. */
const BLOCK = 64;

export class Track {
  #low = new Float64Array(0);
  #high = new Float64Array(0);
  /** How many whole blocks are up to date. */
  #built = 0;
  /** What `extremes` found; an empty stretch has `low > high`. */
  low = Infinity;
  high = -Infinity;

  /** The column is asked for on every use: memory may have moved. */
  constructor(readonly values: () => Float64Array) {}

  /** Rows from this one on have changed. */
  touch(row: number): void {
    this.#built = Math.min(this.#built, Math.max(0, Math.floor(row / BLOCK)));
  }

  /** Looks at the rows `from` to before `to`, leaving NaN out; the answer stands in `low` and `high`. */
  extremes(values: Float64Array, from: number, to: number): void {
    let [low, high] = [Infinity, -Infinity];
    let row = from;
    if (to - from > 2 * BLOCK) {
      this.#build(values);
      const firstBlock = Math.ceil(from / BLOCK);
      const endBlock = Math.min(this.#built, Math.floor(to / BLOCK));
      if (endBlock > firstBlock) {
        for (; row < firstBlock * BLOCK; row++) {
          const value = values[row]!;
          if (value < low) low = value;
          if (value > high) high = value;
        }
        const [lows, highs] = [this.#low, this.#high];
        for (let block = firstBlock; block < endBlock; block++) {
          if (lows[block]! < low) low = lows[block]!;
          if (highs[block]! > high) high = highs[block]!;
        }
        row = endBlock * BLOCK;
      }
    }
    for (; row < to; row++) {
      const value = values[row]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    this.low = low;
    this.high = high;
  }

  #build(values: Float64Array): void {
    const blocks = Math.floor(values.length / BLOCK);
    if (blocks > this.#low.length) {
      const room = Math.ceil(blocks * 1.25) + 16;
      this.#low = grown(this.#low, room);
      this.#high = grown(this.#high, room);
    }
    for (let block = this.#built; block < blocks; block++) {
      let [low, high] = [Infinity, -Infinity];
      const end = (block + 1) * BLOCK;
      for (let row = block * BLOCK; row < end; row++) {
        const value = values[row]!;
        if (value < low) low = value;
        if (value > high) high = value;
      }
      this.#low[block] = low;
      this.#high[block] = high;
    }
    this.#built = blocks;
  }
}

/** A column that grows at its end: an indicator's output. */
export class Column {
  #data = new Float64Array(0);
  length = 0;
  #view = this.#data;
  readonly track = new Track(() => this.values);

  get values(): Float64Array {
    if (this.#view.length !== this.length || this.#view.buffer !== this.#data.buffer) this.#view = this.#data.subarray(0, this.length);
    return this.#view;
  }

  /** Takes a copy: what the module computed is given back to it. */
  set(values: Float64Array): void {
    if (values.length > this.#data.length) this.#data = new Float64Array(Math.ceil(values.length * 1.1) + 64);
    this.#data.set(values);
    this.length = values.length;
    this.track.touch(0);
  }

  push(value: number): void {
    if (this.length === this.#data.length) this.#data = grown(this.#data, this.length * 2 + 64);
    this.#data[this.length++] = value;
  }

  replaceLast(value: number): void {
    if (this.length === 0) return;
    this.#data[this.length - 1] = value;
    this.track.touch(this.length - 1);
  }
}

function grown(values: Float64Array<ArrayBuffer>, room: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(room);
  larger.set(values);
  return larger;
}
