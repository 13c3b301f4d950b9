// Candles, and the volume below them. Bars that share a column of pixels are drawn as one, from their lowest low to
// their highest high.
import { crowded, rowAt, visible, type Layer, type Paint, type Tag, type View } from './layer';
import { Track } from './track';
import type { Palette } from '../theme';

/** The columns of candles; each is asked for on every drawing. */
export interface Bars {
  column(name: 'open' | 'high' | 'low' | 'close' | 'volume'): Float64Array;
}

/** How much of the pane's height the volume takes. */
const VOLUME_PART = 0.16;

export class Candles implements Layer {
  readonly #high: Track;
  readonly #low: Track;
  readonly #volume: Track;
  #mostVolume = 0;

  constructor(private readonly bars: () => Bars | undefined) {
    const track = (name: 'high' | 'low' | 'volume'): Track => new Track(() => bars()?.column(name) ?? new Float64Array(0));
    this.#high = track('high');
    this.#low = track('low');
    this.#volume = track('volume');
  }

  touch(row: number): void {
    for (const track of [this.#high, this.#low, this.#volume]) track.touch(row);
  }

  prepare(view: View): [number, number] | undefined {
    const [highs, lows] = [this.#high.values(), this.#low.values()];
    const [from, to] = visible(view, highs.length, 0, 0);
    const volumes = this.#volume.values();
    this.#volume.extremes(volumes, from, to);
    this.#mostVolume = this.#volume.high;
    this.#high.extremes(highs, from, to);
    this.#low.extremes(lows, from, to);
    return this.#low.low <= this.#high.high ? [this.#low.low, this.#high.high] : undefined;
  }

  paint(paint: Paint): void {
    const bars = this.bars();
    if (bars === undefined) return;
    if (crowded(paint)) this.#paintCrowded(paint, bars);
    else this.#paintBars(paint, bars);
  }

  #paintBars(paint: Paint, bars: Bars): void {
    const { context, time, scale, ratio, colours } = paint;
    const [open, high, low, close, volume] = [bars.column('open'), bars.column('high'), bars.column('low'), bars.column('close'), bars.column('volume')];
    const [from, to] = visible(paint, close.length);
    const pitch = time.spacing * ratio;
    const wick = Math.max(1, Math.floor(ratio * (time.spacing > 24 ? 1.5 : 1)));
    // Bodies as wide as bars are apart, less a gap; odd or even as the wick is, so that it stands in the middle.
    let body = pitch < 3 ? wick : Math.max(wick, Math.floor(pitch * (pitch < 10 ? 0.72 : 0.8)));
    if ((body - wick) % 2 !== 0) body -= 1;
    body = Math.max(wick, body);
    const [bottom, tall] = [(scale.top + scale.height) * ratio, scale.height * VOLUME_PART * ratio];
    for (const rising of [true, false]) {
      const solid = new Path2D();
      const soft = new Path2D();
      for (let row = from; row < to; row++) {
        if (close[row]! >= open[row]! !== rising) continue;
        const centre = Math.round(time.x(row) * ratio);
        const left = centre - Math.floor(body / 2);
        if (this.#mostVolume > 0 && volume[row]! > 0) {
          const size = Math.max(1, Math.round((volume[row]! / this.#mostVolume) * tall));
          soft.rect(left, bottom - size, body, size);
        }
        const [top, end] = [Math.round(scale.y(high[row]!) * ratio), Math.round(scale.y(low[row]!) * ratio)];
        solid.rect(centre - Math.floor(wick / 2), top, wick, Math.max(1, end - top));
        if (body > wick) {
          const [upper, lower] = rising ? [close[row]!, open[row]!] : [open[row]!, close[row]!];
          const y = Math.round(scale.y(upper) * ratio);
          solid.rect(left, y, body, Math.max(1, Math.round(scale.y(lower) * ratio) - y));
        }
      }
      context.fillStyle = rising ? colours.upSoft : colours.downSoft;
      context.fill(soft);
      context.fillStyle = rising ? colours.up : colours.down;
      context.fill(solid);
    }
  }

  #paintCrowded(paint: Paint, bars: Bars): void {
    const { context, scale, ratio, colours, columns } = paint;
    const [open, high, low, close, volume] = [bars.column('open'), bars.column('high'), bars.column('low'), bars.column('close'), bars.column('volume')];
    const [bottom, tall] = [(scale.top + scale.height) * ratio, scale.height * VOLUME_PART * ratio];
    const paths = [new Path2D(), new Path2D(), new Path2D(), new Path2D()] as const;
    let from = rowAt(paint, 0, 0, close.length);
    for (let column = 0; column < columns; column++) {
      const to = rowAt(paint, column + 1, 0, close.length);
      if (to <= from) continue;
      const rising = close[to - 1]! >= open[from]!;
      this.#high.extremes(high, from, to);
      this.#low.extremes(low, from, to);
      const top = Math.round(scale.y(this.#high.high) * ratio);
      paths[rising ? 0 : 1].rect(column, top, 1, Math.max(1, Math.round(scale.y(this.#low.low) * ratio) - top));
      if (this.#mostVolume > 0) {
        this.#volume.extremes(volume, from, to);
        const size = Math.round((this.#volume.high / this.#mostVolume) * tall);
        paths[rising ? 2 : 3].rect(column, bottom - size, 1, size);
      }
      from = to;
    }
    const fills = [colours.up, colours.down, colours.upSoft, colours.downSoft];
    for (const index of [2, 3, 0, 1] as const) {
      context.fillStyle = fills[index]!;
      context.fill(paths[index]);
    }
  }

  tag(colours: Palette): Tag | undefined {
    const bars = this.bars();
    const [open, close] = [bars?.column('open').at(-1), bars?.column('close').at(-1)];
    if (open === undefined || close === undefined) return undefined;
    return { value: close, colour: close >= open ? colours.up : colours.down, line: true };
  }
}
