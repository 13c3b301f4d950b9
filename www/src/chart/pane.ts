// A stripe of the chart with a price scale of its own, and the layers on it.
import { fixed, reading, shortened } from '../format';
import type { Palette } from '../theme';
import type { Layer, Paint, View } from './layer';
import { PriceScale } from './pricescale';

/** What is painted first lies below. */
export type Depth = 'area' | 'bars' | 'lines' | 'marks';
const DEPTHS: readonly Depth[] = ['area', 'bars', 'lines', 'marks'];

export class Pane {
  readonly scale = new PriceScale();
  readonly #layers: Record<Depth, Layer[]> = { area: [], bars: [], lines: [], marks: [] };
  /** Its share of the height. */
  weight: number;

  /** `decimals` of its values, where they are known; else as many as their size asks for. */
  constructor(
    weight: number,
    readonly decimals?: () => number,
  ) {
    this.weight = weight;
  }

  add(depth: Depth, layer: Layer): void {
    this.#layers[depth].push(layer);
  }

  remove(layer: Layer): void {
    for (const depth of DEPTHS) this.#layers[depth] = this.#layers[depth].filter((other) => other !== layer);
  }

  get empty(): boolean {
    return DEPTHS.every((depth) => this.#layers[depth].length === 0);
  }

  get #all(): Layer[] {
    return DEPTHS.flatMap((depth) => this.#layers[depth]);
  }

  /** Fits the scale to what is seen. */
  prepare(view: View): void {
    let [low, high] = [Infinity, -Infinity];
    for (const layer of this.#all) {
      const bounds = layer.prepare(view);
      if (bounds === undefined) continue;
      low = Math.min(low, bounds[0]);
      high = Math.max(high, bounds[1]);
    }
    this.scale.fit(low, high);
  }

  paint(paint: Paint): void {
    for (const layer of this.#all) layer.paint(paint);
  }

  /** The last values of its layers, from top to bottom, apart enough to be read. */
  tags(colours: Palette): { y: number; at: number; text: string; colour: string; line: boolean }[] {
    const { top, height } = this.scale;
    const tags = this.#all
      .flatMap((layer) => layer.tag?.(colours) ?? [])
      .map(({ value, colour, line }) => ({ at: this.scale.y(value), y: 0, text: this.text(value), colour, line }))
      .filter(({ at }) => at >= top && at <= top + height)
      .sort((a, b) => a.at - b.at);
    let free = top;
    for (const tag of tags) {
      tag.y = Math.max(free + 9, tag.at);
      free = tag.y + 9;
    }
    // Pushed past the bottom: from there back up.
    let end = top + height;
    for (const tag of tags.toReversed()) {
      tag.y = Math.min(tag.y, end - 9);
      end = tag.y - 9;
    }
    return tags;
  }

  /** A value as the axis writes it: with as many decimals as given, or as its size asks for. */
  text(value: number, decimals = this.decimals?.()): string {
    if (decimals === undefined) return reading(value);
    return Math.abs(value) >= 1_000_000 && this.decimals === undefined ? shortened(value) : fixed(value, decimals);
  }
}
