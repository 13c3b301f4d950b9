// Lines, bands between two of them, and bars from zero.
import type { Palette } from '../theme';
import { crowded, rowAt, visible, type Layer, type Paint, type Tag, type View } from './layer';
import type { Column } from './track';

/** How a line is drawn; what may change with the theme or the parameters is asked for on every drawing. */
export interface Style {
  colour: (colours: Palette) => string;
  width: number;
  /** How many bars later than its row a value stands. */
  shift: () => number;
  /** +1 or −1 by row: rising and falling colours, and no stroke where it turns. */
  direction?: Column | undefined;
  tagged?: boolean;
}

export class Line implements Layer {
  constructor(
    readonly column: Column,
    private readonly style: Style,
  ) {}

  prepare(view: View): [number, number] | undefined {
    const { values, track } = this.column;
    const [from, to] = visible(view, values.length, this.style.shift(), 0);
    track.extremes(values, from, to);
    return finite(track.low, track.high);
  }

  paint(paint: Paint): void {
    const { context, colours, ratio } = paint;
    context.lineWidth = this.style.width * ratio;
    context.lineJoin = 'round';
    context.lineCap = 'round';
    const { direction } = this.style;
    if (crowded(paint)) {
      context.lineWidth = Math.max(1, ratio);
      context.strokeStyle = this.style.colour(colours);
      context.stroke(this.#crowdedPath(paint));
    } else if (direction === undefined) {
      context.strokeStyle = this.style.colour(colours);
      context.stroke(this.#path(paint, undefined, 0));
    } else {
      for (const [sign, colour] of [[1, colours.up], [-1, colours.down]] as const) {
        context.strokeStyle = colour;
        context.stroke(this.#path(paint, direction.values, sign));
      }
    }
  }

  #path(paint: Paint, direction: Float64Array | undefined, sign: number): Path2D {
    const { time, scale, ratio } = paint;
    const { values } = this.column;
    const shift = this.style.shift();
    const [from, to] = visible(paint, values.length, shift);
    const path = new Path2D();
    let drawing = false;
    for (let row = from; row < to; row++) {
      const value = values[row]!;
      if (!Number.isFinite(value) || (direction !== undefined && direction[row] !== sign)) {
        drawing = false;
        continue;
      }
      const [x, y] = [time.x(row + shift) * ratio, scale.y(value) * ratio];
      if (drawing) path.lineTo(x, y);
      else path.moveTo(x, y);
      drawing = true;
    }
    return path;
  }

  /** One upright stroke a column of pixels, joined to the one before. */
  #crowdedPath(paint: Paint): Path2D {
    const { scale, ratio, columns } = paint;
    const { values, track } = this.column;
    const shift = this.style.shift();
    const path = new Path2D();
    let drawing = false;
    let from = rowAt(paint, 0, shift, values.length);
    for (let column = 0; column < columns; column++) {
      const to = rowAt(paint, column + 1, shift, values.length);
      if (to <= from) continue;
      track.extremes(values, from, to);
      if (!(track.low <= track.high)) {
        drawing = false;
      } else {
        const x = column + 0.5;
        const [first, last] = [values[from]!, values[to - 1]!];
        const begin = Number.isFinite(first) ? first : track.low;
        if (drawing) path.lineTo(x, scale.y(begin) * ratio);
        else path.moveTo(x, scale.y(begin) * ratio);
        path.lineTo(x, scale.y(track.low) * ratio);
        path.lineTo(x, scale.y(track.high) * ratio);
        if (Number.isFinite(last)) path.lineTo(x, scale.y(last) * ratio);
        drawing = true;
      }
      from = to;
    }
    return path;
  }

  tag(colours: Palette): Tag | undefined {
    if (this.style.tagged !== true) return undefined;
    const value = this.column.values.at(-1);
    return value === undefined || !Number.isFinite(value) ? undefined : { value, colour: this.style.colour(colours), line: false };
  }
}

/** The area between two columns; drawn in the colour of the one above. */
export class Band implements Layer {
  constructor(
    private readonly edges: readonly [Column, Column],
    private readonly shift: () => number,
    private readonly colours: (colours: Palette) => readonly [above: string, below: string],
  ) {}

  prepare(): undefined {
    return undefined;
  }

  paint(paint: Paint): void {
    const { context } = paint;
    const fills = this.colours(paint.colours);
    const both = fills[0] === fills[1];
    for (const [index, fill] of fills.entries()) {
      if (both && index === 1) break;
      context.fillStyle = fill;
      context.fill(this.#area(paint, both ? undefined : index === 0 ? 1 : -1));
    }
  }

  /** The area where the first edge is above (1) or below (−1) the second. */
  #area(paint: Paint, side: 1 | -1 | undefined): Path2D {
    const { time, scale, ratio } = paint;
    const [one, other] = [this.edges[0].values, this.edges[1].values];
    const shift = this.shift();
    const [from, to] = visible(paint, Math.min(one.length, other.length), shift);
    const path = new Path2D();
    // With very many bars in sight, as many as there are columns of pixels are enough for an area.
    const step = Math.max(1, Math.floor(1 / (time.spacing * ratio)));
    const begin = Math.floor(from / step) * step;
    const belongs = (row: number): boolean => {
      const [a, b] = [one[row], other[row]];
      if (a === undefined || b === undefined || !Number.isFinite(a) || !Number.isFinite(b)) return false;
      return side === undefined || (side === 1 ? a >= b : a < b);
    };
    const y = (values: Float64Array, row: number): number => scale.y(values[row]!) * ratio;
    // Where the edges cross between two rows, the area ends in a point.
    const crossing = (row: number, next: number): [x: number, y: number] | undefined => {
      const [before, after] = [one[row]! - other[row]!, one[next]! - other[next]!];
      if (side === undefined || !(before * after < 0)) return undefined;
      const part = before / (before - after);
      const value = one[row]! + (one[next]! - one[row]!) * part;
      return [time.x(row + (next - row) * part + shift) * ratio, scale.y(value) * ratio];
    };
    for (let row = begin; row < to; row += step) {
      if (!belongs(row)) continue;
      const start = row;
      while (row + step < to && belongs(row + step)) row += step;
      const [left, right] = [start >= step ? crossing(start - step, start) : undefined, row + step < to ? crossing(row, row + step) : undefined];
      path.moveTo(...(left ?? ([time.x(start + shift) * ratio, y(one, start)] as const)));
      for (let at = start; at <= row; at += step) path.lineTo(time.x(at + shift) * ratio, y(one, at));
      if (right !== undefined) path.lineTo(...right);
      for (let at = row; at >= start; at -= step) path.lineTo(time.x(at + shift) * ratio, y(other, at));
      path.closePath();
    }
    return path;
  }
}

export class Histogram implements Layer {
  constructor(
    private readonly column: Column,
    private readonly shift: () => number,
  ) {}

  prepare(view: View): [number, number] | undefined {
    const { values, track } = this.column;
    const [from, to] = visible(view, values.length, this.shift(), 0);
    track.extremes(values, from, to);
    const bounds = finite(track.low, track.high);
    return bounds && [Math.min(0, bounds[0]), Math.max(0, bounds[1])];
  }

  paint(paint: Paint): void {
    const { context, time, scale, ratio, colours, columns } = paint;
    const { values, track } = this.column;
    const shift = this.shift();
    const zero = Math.round(scale.y(0) * ratio);
    const [up, down] = [new Path2D(), new Path2D()];
    const bar = (left: number, width: number, value: number): void => {
      if (!Number.isFinite(value) || value === 0) return;
      const y = Math.round(scale.y(value) * ratio);
      if (value > 0) up.rect(left, y, width, Math.max(1, zero - y));
      else down.rect(left, zero, width, Math.max(1, y - zero));
    };
    if (crowded(paint)) {
      let from = rowAt(paint, 0, shift, values.length);
      for (let column = 0; column < columns; column++) {
        const to = rowAt(paint, column + 1, shift, values.length);
        if (to <= from) continue;
        track.extremes(values, from, to);
        bar(column, 1, track.high);
        bar(column, 1, track.low);
        from = to;
      }
    } else {
      const width = Math.max(1, Math.floor(time.spacing * ratio * 0.7));
      const [from, to] = visible(paint, values.length, shift);
      for (let row = from; row < to; row++) bar(Math.round(time.x(row + shift) * ratio - width / 2), width, values[row]!);
    }
    context.globalAlpha = 0.75;
    context.fillStyle = colours.up;
    context.fill(up);
    context.fillStyle = colours.down;
    context.fill(down);
    context.globalAlpha = 1;
  }
}

function finite(low: number, high: number): [number, number] | undefined {
  return low <= high && Number.isFinite(low) && Number.isFinite(high) ? [low, high] : undefined;
}
