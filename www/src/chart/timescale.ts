// Bars across: which row stands where. Row `i` is drawn around x(i); the right edge stands at `right`, in rows.

/** Widest and narrowest bar, in pixels; the narrowest further gives way to the whole series. */
const WIDEST = 80;
const NARROWEST = 0.5;
/** Free bars after the last, when the view follows it. */
const MARGIN = 6;

export class TimeScale {
  width = 0;
  /** Pixels a bar. */
  spacing = 7;
  right = 0;
  /** How many bars there are. */
  count = 0;
  /** How many bars ahead of the last something is drawn. */
  ahead = 0;

  x(row: number): number {
    return this.width - (this.right - row) * this.spacing;
  }

  row(x: number): number {
    return this.right - (this.width - x) / this.spacing;
  }

  /** The row at the left edge. */
  get from(): number {
    return this.row(0);
  }

  /** How many bars fit. */
  get bars(): number {
    return this.width / this.spacing;
  }

  /** Where the right edge stands when the view follows the last bar. */
  get latest(): number {
    return this.count - 1 + Math.max(MARGIN, Math.min(this.ahead + 1, this.bars * 0.3));
  }

  /** Whether the last bar is in sight. */
  get atLatest(): boolean {
    return this.right >= this.count - 1;
  }

  pan(pixels: number): void {
    this.right -= pixels / this.spacing;
    this.#clamp();
  }

  /** Makes bars `factor` times as wide; what stands at `x` stays there. */
  zoom(factor: number, x: number): void {
    const row = this.row(x);
    this.spacing *= factor;
    this.#clampSpacing();
    this.right = row + (this.width - x) / this.spacing;
    this.#clamp();
  }

  /** Shows the rows from `from` to `to`. */
  show(from: number, to: number): void {
    this.spacing = this.width / Math.max(1, to - from);
    this.#clampSpacing();
    this.right = to;
    this.#clamp();
  }

  resize(width: number): void {
    if (width === this.width) return;
    // Who sees the first bar goes on seeing it; else bars stay as wide as they are.
    if (this.width > 0 && this.from <= 0) this.spacing *= width / this.width;
    this.width = width;
    this.#clampSpacing();
    this.#clamp();
  }

  #clampSpacing(): void {
    const whole = this.width / Math.max(10, this.count + 2 * MARGIN);
    this.spacing = Math.min(WIDEST, Math.max(Math.min(NARROWEST, whole), this.spacing));
  }

  /** Some bars stay in sight at either end. */
  #clamp(): void {
    const few = Math.min(3, this.count);
    this.right = Math.max(few - 1, Math.min(this.count - few + this.bars, this.right));
  }
}
