// Marks above and below candles.
import { crowded, rowAt, visible, type Layer, type Paint, type View } from './layer';
import type { Palette } from '../theme';
import type { Bars } from './candles';
import type { Column } from './track';

export type Shape = 'arrow' | 'triangle' | 'dot';

export interface Mark {
  row: number;
  above: boolean;
  shape: Shape;
  colour: string;
}

/** Marks closer than this many pixels hide each other: the first stands for all. */
const APART = 5;

/** Marks one layer draws, over the candles of the price pane. */
abstract class Marks implements Layer {
  /** The marks between two rows. */
  protected abstract between(from: number, to: number, paint: Paint): Iterable<Mark>;
  protected abstract readonly length: number;
  protected abstract readonly shift: number;

  constructor(private readonly bars: () => Bars | undefined) {}

  prepare(_view: View): undefined {
    return undefined;
  }

  paint(paint: Paint): void {
    const bars = this.bars();
    if (bars === undefined) return;
    const { context, time, scale, ratio } = paint;
    const [highs, lows] = [bars.column('high'), bars.column('low')];
    const [from, to] = visible(paint, this.length, this.shift);
    const small = time.spacing < 4;
    const size = (small ? 3.4 : 4.6) * ratio;
    const last = { above: -Infinity, below: -Infinity };
    for (const { row, above, shape, colour } of this.between(from, to, paint)) {
      const price = (above ? highs : lows)[row];
      if (price === undefined) continue;
      const x = time.x(row) * ratio;
      const side = above ? 'above' : 'below';
      if (crowded(paint) && x - last[side] < APART * ratio) continue;
      last[side] = x;
      const y = scale.y(price) * ratio + (above ? -1 : 1) * (this.gap * ratio + size);
      context.fillStyle = colour;
      draw(context, shape, x, y, size, above);
    }
  }

  /** Pixels between a candle and its mark. */
  protected readonly gap: number = 5;
}

/** What strategies said: marks at given rows. */
export class MarkList extends Marks {
  #marks: readonly Mark[] = [];
  protected readonly shift = 0;
  protected override readonly gap = 11;

  set(marks: readonly Mark[]): void {
    this.#marks = [...marks].sort((a, b) => a.row - b.row);
  }

  get count(): number {
    return this.#marks.length;
  }

  protected get length(): number {
    return (this.#marks.at(-1)?.row ?? -1) + 1;
  }

  protected *between(from: number, to: number): Iterable<Mark> {
    let [begin, end] = [0, this.#marks.length];
    while (begin < end) {
      const middle = (begin + end) >> 1;
      if (this.#marks[middle]!.row < from) begin = middle + 1;
      else end = middle;
    }
    for (let index = begin; index < this.#marks.length && this.#marks[index]!.row < to; index++) yield this.#marks[index]!;
  }
}

/** Where an indicator's column is not zero: on the side its sign tells, or always on one. */
export class MarkColumn extends Marks {
  constructor(
    bars: () => Bars | undefined,
    private readonly column: Column,
    private readonly displaced: () => number,
    private readonly side: 'sign' | 'above' | 'below',
    private readonly colour: (colours: Palette) => string,
  ) {
    super(bars);
  }

  protected get length(): number {
    return this.column.length;
  }

  protected get shift(): number {
    return this.displaced();
  }

  protected *between(from: number, to: number, paint: Paint): Iterable<Mark> {
    const { values } = this.column;
    const rows = crowded(paint) ? this.#few(paint) : Array.from({ length: to - from }, (_, index) => from + index);
    const shift = this.displaced();
    for (const row of rows) {
      const value = values[row]!;
      if (!(value > 0 || value < 0)) continue;
      if (this.side !== 'sign') {
        yield { row: row + shift, above: this.side === 'above', shape: 'triangle', colour: this.colour(paint.colours) };
      } else {
        const { up, down } = paint.colours;
        yield { row: row + shift, above: value < 0, shape: 'dot', colour: value > 0 ? up : down };
      }
    }
  }

  /** Of marks that would hide each other, the first rising and the first falling one. */
  *#few(paint: Paint): Iterable<number> {
    const { values, track } = this.column;
    const [shift, step] = [this.displaced(), Math.ceil(APART * paint.ratio)];
    for (let column = 0; column < paint.columns; column += step) {
      const from = rowAt(paint, column, shift, values.length);
      const to = rowAt(paint, column + step, shift, values.length);
      track.extremes(values, from, to);
      const [rising, falling] = [track.high > 0, track.low < 0];
      for (const [any, sign] of [[rising, 1], [falling, -1]] as const) {
        let row = from;
        while (any && row < to && !(values[row]! * sign > 0)) row++;
        if (any && row < to) yield row;
      }
    }
  }
}

function draw(context: CanvasRenderingContext2D, shape: Shape, x: number, y: number, size: number, above: boolean): void {
  const way = above ? 1 : -1;
  context.beginPath();
  switch (shape) {
    case 'dot':
      context.arc(x, y, size * 0.62, 0, 2 * Math.PI);
      break;
    case 'triangle':
      context.moveTo(x, y + way * size * 0.7);
      context.lineTo(x - size * 0.85, y - way * size * 0.7);
      context.lineTo(x + size * 0.85, y - way * size * 0.7);
      break;
    case 'arrow':
      context.moveTo(x, y + way * size * 1.1);
      context.lineTo(x - size * 1.1, y);
      context.lineTo(x - size * 0.4, y);
      context.lineTo(x - size * 0.4, y - way * size * 1.2);
      context.lineTo(x + size * 0.4, y - way * size * 1.2);
      context.lineTo(x + size * 0.4, y);
      context.lineTo(x + size * 1.1, y);
      break;
  }
  context.fill();
}
