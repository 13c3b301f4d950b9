// What a pane is made of. A layer looks at the visible rows once a drawing, says how high and low they reach, and
// paints them.
import type { Palette } from '../theme';
import type { PriceScale } from './pricescale';
import type { TimeScale } from './timescale';

/** What is seen, in pixels of the screen rather than of the page. */
export interface View {
  readonly time: TimeScale;
  /** Pixels of the screen a pixel of the page. */
  readonly ratio: number;
  /** How many columns of pixels. */
  readonly columns: number;
  readonly colours: Palette;
}

export interface Paint extends View {
  readonly context: CanvasRenderingContext2D;
  readonly scale: PriceScale;
}

/** A value at the price axis, in its layer's colour. */
export interface Tag {
  value: number;
  colour: string;
  /** Whether a dotted line leads there. */
  line: boolean;
}

export interface Layer {
  /** Looks at the visible rows; returns the bounds its values need, if any. */
  prepare(view: View): [low: number, high: number] | undefined;
  paint(paint: Paint): void;
  /** Its last value, for the axis. */
  tag?(colours: Palette): Tag | undefined;
}

/** Rows that are seen of a column whose row 0 stands at bar `shift`: from the first to before the last. */
export function visible(view: View, length: number, shift = 0, around = 1): [from: number, to: number] {
  const from = Math.max(0, Math.floor(view.time.from - shift) - around);
  const to = Math.min(length, Math.ceil(view.time.right - shift) + 1 + around);
  return [from, Math.max(from, to)];
}

/** The first row at or right of a column of pixels. */
export function rowAt(view: View, column: number, shift: number, length: number): number {
  const row = Math.ceil(view.time.row(column / view.ratio) - shift);
  return row < 0 ? 0 : row > length ? length : row;
}

/** Whether several bars share a column of pixels. */
export function crowded(view: View): boolean {
  return view.time.spacing * view.ratio < 1;
}
