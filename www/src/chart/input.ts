// Pointer and wheel: dragging moves, pinching and the wheel zoom, the axes stretch; a long touch is a crosshair.
import { TIME_AXIS, type ChartView } from './chart';
import type { Pane } from './pane';

/** How long a touch rests before it is a crosshair, and how far it may stray meanwhile. */
const LONG = 320;
const STRAY = 8;
/** A touch that lets go while moving glides on; the speed left after a millisecond. */
const FRICTION = 0.9955;

type Place = { kind: 'plot' | 'prices' | 'time'; pane: Pane | undefined };
interface Point {
  x: number;
  y: number;
}

export class Input {
  readonly #points = new Map<number, Point>();
  #place: Place | undefined;
  #long: number | undefined;
  /** Whether a touch moves the crosshair instead of the chart. */
  #pointing = false;
  #moved = false;
  #speed = 0;
  #last = 0;
  #glide: number | undefined;

  constructor(private readonly chart: ChartView) {
    const element = chart.container;
    element.addEventListener('pointerdown', (event) => this.#down(event));
    element.addEventListener('pointermove', (event) => this.#move(event));
    for (const name of ['pointerup', 'pointercancel'] as const) element.addEventListener(name, (event) => this.#up(event));
    element.addEventListener('pointerleave', (event) => {
      if (event.pointerType === 'mouse' && this.#points.size === 0) chart.setCrosshair(undefined);
    });
    element.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    element.addEventListener('dblclick', (event) => this.#twice(event));
  }

  #at(event: MouseEvent): Point {
    const { left, top } = this.chart.container.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  #placeOf({ x, y }: Point): Place {
    const { chart } = this;
    const pane = chart.panes.find(({ scale }) => y >= scale.top && y < scale.top + scale.height);
    if (y > chart.height - TIME_AXIS) return { kind: 'time', pane };
    return { kind: x > chart.time.width ? 'prices' : 'plot', pane };
  }

  #down(event: PointerEvent): void {
    if (event.pointerType === 'mouse' && event.button !== 0) return;
    const point = this.#at(event);
    this.chart.container.setPointerCapture(event.pointerId);
    this.#points.set(event.pointerId, point);
    this.#stopGlide();
    this.#speed = 0;
    if (this.#points.size > 1) {
      clearTimeout(this.#long);
      this.#pointing = false;
      return;
    }
    this.#place = this.#placeOf(point);
    this.#moved = false;
    if (event.pointerType === 'mouse') return;
    this.#long = setTimeout(() => {
      if (this.#moved || this.#place?.kind !== 'plot') return;
      this.#pointing = true;
      this.#point(point);
    }, LONG);
  }

  #move(event: PointerEvent): void {
    const now = this.#at(event);
    const before = this.#points.get(event.pointerId);
    if (before === undefined) {
      if (event.pointerType === 'mouse') this.#hover(now);
      return;
    }
    if (this.#points.size > 1) return this.#pinch(event.pointerId, before, now);
    if (!this.#moved && event.pointerType !== 'mouse' && Math.hypot(now.x - before.x, now.y - before.y) < STRAY) return;
    if (!this.#moved) clearTimeout(this.#long);
    this.#moved = true;
    this.#points.set(event.pointerId, now);
    if (this.#pointing) return this.#point(now);
    this.#drag(now.x - before.x, now.y - before.y, event.timeStamp);
    if (event.pointerType === 'mouse') this.#hover(now);
  }

  #drag(x: number, y: number, at: number): void {
    const { chart } = this;
    const pane = this.#place?.pane;
    switch (this.#place?.kind) {
      case 'prices':
        pane?.scale.stretch(Math.exp(y / 160));
        break;
      case 'time':
        chart.time.zoom(Math.exp(-x / 220), chart.time.width);
        break;
      default:
        chart.time.pan(x);
        if (pane !== undefined && !pane.scale.auto) pane.scale.pan(y);
        this.#speed = x / Math.max(1, at - this.#last);
        this.#last = at;
    }
    chart.draw();
  }

  #pinch(id: number, before: Point, now: Point): void {
    const other = [...this.#points].find(([known]) => known !== id)?.[1];
    this.#points.set(id, now);
    if (other === undefined) return;
    const { time } = this.chart;
    const [old, wide] = [Math.abs(before.x - other.x), Math.abs(now.x - other.x)];
    time.pan((now.x - before.x) / 2);
    if (old > 10 && wide > 10) time.zoom(wide / old, (now.x + other.x) / 2);
    this.#moved = true;
    this.chart.draw();
  }

  #up(event: PointerEvent): void {
    if (!this.#points.delete(event.pointerId)) return;
    clearTimeout(this.#long);
    if (event.pointerType === 'mouse' || this.#points.size > 0) return;
    if (this.#pointing) {
      this.#pointing = false;
    } else if (!this.#moved && event.type === 'pointerup') {
      // A tap shows a bar's values, the next one hides them.
      if (this.chart.crosshair === undefined) this.#point(this.#at(event));
      else this.chart.setCrosshair(undefined);
    } else if (this.#place?.kind === 'plot' && event.timeStamp - this.#last < 60) {
      this.#startGlide();
    }
  }

  #hover(point: Point): void {
    const { kind } = this.#points.size > 0 && this.#place !== undefined ? this.#place : this.#placeOf(point);
    const element = this.chart.container;
    element.dataset['place'] = kind;
    if (kind === 'plot') this.#point(point);
    else this.chart.setCrosshair(undefined);
  }

  #point({ x, y }: Point): void {
    const { time } = this.chart;
    const row = Math.max(0, Math.min(time.count - 1, Math.round(time.row(x))));
    this.chart.setCrosshair({ row, y });
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    this.#stopGlide();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    const { time } = this.chart;
    const [x, y] = event.shiftKey ? [event.deltaY + event.deltaX, 0] : [event.deltaX, event.deltaY];
    if (Math.abs(x) > Math.abs(y)) {
      time.pan(-x * unit);
    } else {
      const at = this.#at(event).x;
      // While the last bar is in sight it stays where it is, as a live chart's should.
      const anchor = time.atLatest && !event.ctrlKey ? time.width : Math.min(at, time.width);
      time.zoom(Math.exp((-y * unit * (event.ctrlKey ? 4 : 1)) / 600), anchor);
    }
    this.chart.draw();
    if (this.#placeOf(this.#at(event)).kind === 'plot') this.#point(this.#at(event));
  }

  #twice(event: MouseEvent): void {
    const { kind, pane } = this.#placeOf(this.#at(event));
    if (kind === 'prices' && pane !== undefined) pane.scale.auto = true;
    if (kind === 'time') return this.chart.toLatest();
    this.chart.draw();
  }

  #startGlide(): void {
    if (Math.abs(this.#speed) < 0.15 || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    let before = performance.now();
    const step = (now: number): void => {
      const passed = Math.max(0, now - before);
      before = now;
      this.chart.time.pan(this.#speed * passed);
      this.#speed *= FRICTION ** passed;
      this.chart.draw();
      this.#glide = Math.abs(this.#speed) < 0.02 ? undefined : requestAnimationFrame(step);
    };
    this.#glide = requestAnimationFrame(step);
  }

  #stopGlide(): void {
    if (this.#glide !== undefined) cancelAnimationFrame(this.#glide);
    this.#glide = undefined;
  }
}
