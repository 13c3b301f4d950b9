// The chart: panes on one time scale, drawn straight from columns of numbers. It knows no indicator.
import type { Frame } from 'atra-wasm';
import { decimalsOf } from '../format';
import { colours, onTheme } from '../theme';
import { Zone } from '../zones';
import { Candles, type Bars } from './candles';
import { paintAxes, paintCrosshair, paintGrid, axisWidth } from './axes';
import type { View } from './layer';
import { Pane } from './pane';
import { moment, type Clock } from './timeaxis';
import { TimeScale } from './timescale';

/** How many bars are seen at first. */
const FIRST_VIEW = 150;
export const TIME_AXIS = 26;
/** The lowest a pane gets. */
const LOWEST = 44;
const DAY = 86_400_000;

/** Where the crosshair stands: a bar, and a height when it follows a pointer. */
export interface Crosshair {
  row: number;
  x: number;
  y: number | undefined;
}

export class ChartView implements Clock {
  readonly time = new TimeScale();
  readonly price = new Pane(1, () => this.decimals);
  readonly #panes: Pane[] = [this.price];
  readonly candles: Candles;
  readonly #base: HTMLCanvasElement;
  readonly #top: HTMLCanvasElement;
  #frame: Frame | undefined;
  #bars: Bars | undefined;
  /** The usual time between bars. */
  interval = DAY;
  #zone = new Zone('UTC');
  /** Whether bars are days or longer: their times have no time of day, in no zone. */
  daily = false;
  decimals = 2;
  height = 0;
  axis = 64;
  crosshair: Crosshair | undefined;
  /** How long the last drawing took, in milliseconds. */
  drew = 0;
  readonly #crosshairs: ((crosshair: Crosshair | undefined) => void)[] = [];
  readonly #draws: (() => void)[] = [];
  #asked: number | undefined;
  #topAsked: number | undefined;

  constructor(readonly container: HTMLElement) {
    this.candles = new Candles(() => this.#bars);
    this.price.scale.margins = { top: 0.12, bottom: 0.2 };
    this.price.add('bars', this.candles);
    [this.#base, this.#top] = [document.createElement('canvas'), document.createElement('canvas')];
    for (const canvas of [this.#base, this.#top]) canvas.setAttribute('aria-hidden', 'true');
    container.append(this.#base, this.#top);
    new ResizeObserver(() => this.#resize()).observe(container);
    onTheme(() => this.draw());
    this.#resize();
  }

  // What is drawn.

  /** The candles, for layers that stand at them. */
  readonly bars = (): Bars | undefined => this.#bars;

  get frame(): Frame | undefined {
    return this.#frame;
  }

  get panes(): readonly Pane[] {
    return this.#panes;
  }

  addPane(): Pane {
    const pane = new Pane(0.3);
    this.#panes.push(pane);
    this.draw();
    return pane;
  }

  removePane(pane: Pane): void {
    const index = this.#panes.indexOf(pane);
    if (index > 0) this.#panes.splice(index, 1);
    this.draw();
  }

  /** Draws another frame; `keep` stays where the eye was, counted from the end. */
  reset(frame: Frame | undefined, keep: boolean): void {
    const before = this.time.count;
    this.#frame = frame;
    this.#bars = frame && { column: (name) => frame.column(name) };
    this.time.count = frame?.length ?? 0;
    this.candles.touch(0);
    this.setCrosshair(undefined);
    if (frame !== undefined) {
      const times = frame.time;
      const steps = times.slice(-64).map((time, row, tail) => (row === 0 ? NaN : time - tail[row - 1]!));
      this.interval = median(steps.slice(1)) ?? DAY;
      this.daily = times.length > 1 && times.slice(-50).every((time) => time % DAY === 0);
      this.decimals = decimalsOf(frame.column('close'));
    }
    if (keep) this.time.pan((before - this.time.count) * this.time.spacing);
    else this.toLatest();
    this.draw();
  }

  /** Rows from this one on are new or changed; the view follows the last bar while that is in sight. */
  changed(row: number): void {
    const count = this.#frame?.length ?? 0;
    const followed = this.time.atLatest;
    const added = count - this.time.count;
    this.time.count = count;
    if (added > 0 && followed) this.time.pan(-added * this.time.spacing);
    this.candles.touch(row);
    this.draw();
  }

  // Times.

  timeAt(row: number): number {
    const times = this.#frame?.time;
    if (times === undefined || times.length === 0) return NaN;
    if (row < 0) return times[0]! + row * this.interval;
    return row < times.length ? times[row]! : times.at(-1)! + (row - times.length + 1) * this.interval;
  }

  rowFrom(time: number): number {
    const times = this.#frame?.time;
    if (times === undefined || times.length === 0) return 0;
    const [first, last] = [times[0]!, times.at(-1)!];
    if (time < first) return Math.ceil((time - first) / this.interval);
    if (time > last) return times.length - 1 + Math.ceil((time - last) / this.interval);
    let [from, to] = [0, times.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (times[middle]! < time) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** The last row that opened at or before a time; -1 before the first. */
  rowAt(time: number): number {
    const row = this.rowFrom(time);
    return Math.max(-1, Math.min(this.time.count - 1, this.timeAt(row) > time ? row - 1 : row));
  }

  set zone(zone: Zone) {
    this.#zone = zone;
    this.draw();
  }

  /** The zone of what is seen: days are days everywhere. */
  get zone(): Zone {
    return this.daily ? UTC : this.#zone;
  }

  moment(time: number): string {
    return moment(time, this.zone, this.daily);
  }

  // Moving.

  /** As at first: the latest bars at a comfortable width. */
  toLatest(): void {
    const bars = Math.min(FIRST_VIEW, Math.max(40, Math.round(this.time.width / 7)));
    this.fitPrices();
    this.time.spacing = this.time.width / bars;
    this.time.show(this.time.latest - bars, this.time.latest);
    this.draw();
  }

  /** How far ahead of the last bar something is drawn: where that is in sight, room is made. */
  set ahead(bars: number) {
    if (bars === this.time.ahead) return;
    const followed = this.time.atLatest && this.time.right <= this.time.latest + 0.5;
    this.time.ahead = bars;
    if (followed) this.time.pan((this.time.right - this.time.latest) * this.time.spacing);
    this.draw();
  }

  /** Every bar. */
  fit(): void {
    this.fitPrices();
    this.time.show(-1, this.time.count + Math.max(1, this.time.ahead));
    this.draw();
  }

  /** The last so many milliseconds. */
  showSpan(length: number): void {
    this.fitPrices();
    const last = this.timeAt(this.time.count - 1);
    this.time.show(this.rowFrom(last - length + this.interval) - 0.5, this.time.count - 0.5);
    this.time.pan((this.time.right - this.time.latest) * this.time.spacing);
    this.draw();
  }

  /** The scales follow what is seen again. */
  fitPrices(): void {
    for (const { scale } of this.#panes) scale.auto = true;
    this.draw();
  }

  get log(): boolean {
    return this.price.scale.log;
  }

  set log(log: boolean) {
    this.price.scale.log = log;
    this.price.scale.auto = true;
    this.draw();
  }

  /** Brings a row into sight: the nearer, the less the others move. */
  show(row: number): void {
    const { time } = this;
    if (row >= Math.round(time.from) && row <= Math.round(time.right)) return;
    const half = time.bars / 2;
    // The first and the last bars stand near their edge, with nothing beyond.
    const right = Math.min(Math.max(row + half, time.bars - 1), Math.max(time.latest, row));
    time.show(right - time.bars, right);
    this.draw();
  }

  // Drawing.

  /** Puts the crosshair at a bar; without a height only the upright line is drawn. */
  setCrosshair(crosshair: { row: number; y?: number | undefined } | undefined): void {
    const inside = crosshair !== undefined && crosshair.row >= 0 && crosshair.row < this.time.count;
    this.crosshair = inside ? { row: crosshair.row, y: crosshair.y, x: this.time.x(crosshair.row) } : undefined;
    this.#crosshairs.forEach((listener) => listener(this.crosshair));
    this.#topAsked ??= requestAnimationFrame(() => this.#drawTop());
  }

  onCrosshair(listener: (crosshair: Crosshair | undefined) => void): void {
    this.#crosshairs.push(listener);
  }

  /** After each drawing: panes and scales may have moved. */
  onDraw(listener: () => void): void {
    this.#draws.push(listener);
  }

  draw(): void {
    this.#asked ??= requestAnimationFrame(() => this.drawNow());
  }

  drawNow(): void {
    if (this.#asked !== undefined) cancelAnimationFrame(this.#asked);
    this.#asked = undefined;
    // Another screen may have other pixels.
    if (this.#base.width !== Math.round(this.container.clientWidth * devicePixelRatio)) this.#fitCanvases();
    const begin = performance.now();
    const context = this.#base.getContext('2d', { alpha: false });
    if (context !== null && this.container.clientWidth > 0) this.paint(context, devicePixelRatio);
    this.drew = performance.now() - begin;
    if (this.crosshair !== undefined) this.crosshair.x = this.time.x(this.crosshair.row);
    this.#drawTop();
    this.#draws.forEach((listener) => listener());
  }

  /** Paints all but the crosshair, on the screen or into a picture. */
  paint(context: CanvasRenderingContext2D, ratio: number): void {
    this.#layOut();
    const view: View = { time: this.time, ratio, columns: Math.round(this.time.width * ratio), colours: colours() };
    for (const pane of this.#panes) pane.prepare(view);
    const axis = axisWidth(context, this.#panes, this.axis);
    if (axis !== this.axis) {
      this.axis = axis;
      return this.paint(context, ratio);
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = view.colours.surface;
    context.fillRect(0, 0, context.canvas.width, context.canvas.height);
    const ticks = paintGrid(context, view, this, this.#panes);
    for (const pane of this.#panes) {
      context.save();
      context.beginPath();
      context.rect(0, Math.round(pane.scale.top * ratio), view.columns, Math.round(pane.scale.height * ratio));
      context.clip();
      pane.paint({ ...view, context, scale: pane.scale });
      context.restore();
    }
    paintAxes(context, view, this, this.#panes, ticks);
  }

  #drawTop(): void {
    if (this.#topAsked !== undefined) cancelAnimationFrame(this.#topAsked);
    this.#topAsked = undefined;
    const context = this.#top.getContext('2d');
    if (context !== null) paintCrosshair(context, devicePixelRatio, this, this.#panes);
  }

  #layOut(): void {
    const { clientWidth: width, clientHeight } = this.container;
    this.height = clientHeight;
    this.time.resize(Math.max(0, width - this.axis));
    const room = Math.max(0, clientHeight - TIME_AXIS);
    const weights = this.#panes.reduce((sum, { weight }) => sum + weight, 0);
    const lowest = Math.min(LOWEST, room / this.#panes.length);
    const spare = room - lowest * this.#panes.length;
    let top = 0;
    for (const { scale, weight } of this.#panes) {
      scale.top = top;
      scale.height = Math.max(1, lowest + (spare * weight) / weights);
      top += scale.height;
    }
  }

  #resize(): void {
    this.#fitCanvases();
    this.#layOut();
    this.drawNow();
  }

  #fitCanvases(): void {
    const { clientWidth, clientHeight } = this.container;
    for (const canvas of [this.#base, this.#top]) {
      canvas.width = Math.round(clientWidth * devicePixelRatio);
      canvas.height = Math.round(clientHeight * devicePixelRatio);
    }
  }
}

const UTC = new Zone('UTC');

function median(values: Float64Array): number | undefined {
  return values.toSorted()[values.length >> 1];
}
