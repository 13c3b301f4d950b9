// Values up: linear or logarithmic, fitted to what is seen or held where it was dragged.

/** The most of the height that is left free for the legend. */
const LEGEND = 0.35;

export class PriceScale {
  log = false;
  auto = true;
  /** Where the pane lies, in pixels. */
  top = 0;
  height = 1;
  /** Free space above and below, as parts of the height. */
  margins = { top: 0.1, bottom: 0.1 };
  /** Pixels at the top that the legend takes. */
  legend = 30;
  /** Bounds of the pane's edges, in the scale's own measure. */
  #low = 0;
  #high = 1;

  /** Whether values are drawn by their logarithm: only where all that is seen is positive. */
  get #logarithmic(): boolean {
    return this.log && this.#positive;
  }
  #positive = true;

  #in(value: number): number {
    return this.#logarithmic ? Math.log10(value) : value;
  }

  #out(value: number): number {
    return this.#logarithmic ? 10 ** value : value;
  }

  /** Fits to these bounds, unless it was dragged. */
  fit(low: number, high: number): void {
    if (!this.auto || !(low <= high)) return;
    this.#positive = low > 0;
    let [from, to] = [this.#in(low), this.#in(high)];
    if (from === to) {
      const half = Math.abs(from) * 0.01 || 1;
      from -= half;
      to += half;
    }
    const above = Math.max(this.margins.top, Math.min(LEGEND, this.legend / this.height));
    const size = (to - from) / Math.max(0.1, 1 - above - this.margins.bottom);
    this.#low = from - size * this.margins.bottom;
    this.#high = to + size * above;
  }

  y(value: number): number {
    return this.top + ((this.#high - this.#in(value)) / (this.#high - this.#low)) * this.height;
  }

  value(y: number): number {
    return this.#out(this.#high - ((y - this.top) / this.height) * (this.#high - this.#low));
  }

  /** Stretches around the middle; from now on nothing is fitted. */
  stretch(factor: number): void {
    this.auto = false;
    const middle = (this.#low + this.#high) / 2;
    const half = Math.min(1e300, ((this.#high - this.#low) / 2) * factor);
    if (half < Math.abs(middle) * 1e-12) return;
    this.#low = middle - half;
    this.#high = middle + half;
  }

  pan(pixels: number): void {
    const moved = (pixels / this.height) * (this.#high - this.#low);
    this.#low += moved;
    this.#high += moved;
  }

  /** Round values with room between them, and the decimals they need. */
  ticks(): { values: number[]; decimals: number } {
    const room = Math.max(1, this.height / 46);
    const [low, high] = [this.#out(this.#low), this.#out(this.#high)];
    if (!Number.isFinite(low) || !Number.isFinite(high) || !(high > low)) return { values: [], decimals: 2 };
    if (this.#logarithmic && high / low > 4) return this.#powers(low, high);
    const step = nice((high - low) / room);
    // A step of 2.5 needs a digit more than its size says.
    const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    const whole = Math.abs(step * 10 ** digits - Math.round(step * 10 ** digits)) < 1e-6;
    const decimals = Math.min(12, whole ? digits : digits + 1);
    const values: number[] = [];
    const first = Math.ceil(low / step);
    for (let index = first; index * step <= high && values.length < 100; index++) values.push(index * step);
    return { values, decimals };
  }

  #powers(low: number, high: number): { values: number[]; decimals: number } {
    const values: number[] = [];
    let last = Infinity;
    for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
      for (const digit of [1, 2, 3, 5, 7]) {
        const value = digit * 10 ** power;
        const y = this.y(value);
        if (value < low || value > high || (Math.abs(last - y) < 34 && last !== Infinity)) continue;
        values.push(value);
        last = y;
      }
    }
    return { values, decimals: Math.max(0, -Math.floor(Math.log10(values[0] ?? 1))) };
  }
}

/** The next of 1, 2, 2.5, 5, 10 … at or above. */
function nice(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size));
  const part = size / power;
  const round = [1, 2, 2.5, 5, 10].find((candidate) => part <= candidate * 1.0000001) ?? 10;
  return round * power;
}
