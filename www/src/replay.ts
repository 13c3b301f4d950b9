// History once more, bar by bar, each forming as it did: from its open over its extremes to its close.
import type { Bar, Frame } from 'atra-wasm';
import { barAt, head } from './data/frames';

/** Bars a second that can be chosen. */
export const SPEEDS = [0.5, 1, 2, 5, 10, 25, 100] as const;

export interface ReplayEvents {
  /** The replay is at another bar: the frame of all up to it. */
  reset(frame: Frame): void;
  tick(bar: Bar, appended: boolean): void;
  /** It plays or pauses, moves on or ends. */
  changed(): void;
}

export class Replay {
  /** What has been seen so far. */
  frame: Frame;
  playing = false;
  speed = 2;
  /** How many steps of the forming bar are done; 0 when the last bar is whole. */
  #step = 0;
  #owed = 0;
  #before = 0;
  #asked: number | undefined;

  /** Owns `all`, and begins after its first `start` bars. */
  constructor(
    private readonly all: Frame,
    start: number,
    private readonly events: ReplayEvents,
  ) {
    this.frame = head(all, this.#within(start));
  }

  get length(): number {
    return this.all.length;
  }

  /** How many bars have been seen, the forming one among them. */
  get position(): number {
    return this.frame.length;
  }

  get atEnd(): boolean {
    return this.#step === 0 && this.position >= this.length;
  }

  play(): void {
    if (this.playing || this.atEnd) return;
    this.playing = true;
    this.#before = performance.now();
    this.#owed = 0;
    this.#ask();
    this.events.changed();
  }

  pause(): void {
    if (this.#asked !== undefined) cancelAnimationFrame(this.#asked);
    this.#asked = undefined;
    this.playing = false;
    this.events.changed();
  }

  /** To the end of the forming bar, or of the next. */
  step(): void {
    if (this.playing) this.pause();
    const steps = this.#steps;
    do this.#advance();
    while (this.#step > 0 && this.#step < steps);
    this.events.changed();
  }

  /** Begins again after so many bars. */
  seek(position: number): void {
    const before = this.frame;
    this.frame = head(this.all, this.#within(position));
    this.#step = 0;
    this.events.reset(this.frame);
    before.free();
    this.events.changed();
  }

  stop(): void {
    if (this.#asked !== undefined) cancelAnimationFrame(this.#asked);
    this.frame.free();
    this.all.free();
  }

  #within(position: number): number {
    return Math.max(1, Math.min(this.all.length, Math.round(position)));
  }

  /** In how many steps a bar forms: as many as can be seen at this speed. */
  get #steps(): number {
    return Math.max(1, Math.min(12, Math.floor(24 / this.speed)));
  }

  #ask(): void {
    this.#asked = requestAnimationFrame((now) => {
      // A tab that was away does not make up for it.
      this.#owed += Math.min(250, Math.max(0, now - this.#before)) * 0.001 * this.speed * this.#steps;
      this.#before = now;
      while (this.#owed >= 1 && !this.atEnd) {
        this.#advance();
        this.#owed -= 1;
      }
      this.events.changed();
      if (this.atEnd) this.pause();
      else if (this.playing) this.#ask();
    });
  }

  /** One step of the forming bar, or the first of the next. */
  #advance(): void {
    if (this.atEnd) return;
    const appended = this.#step === 0;
    const row = appended ? this.position : this.position - 1;
    this.#step++;
    const last = this.#step >= this.#steps;
    const bar = forming(barAt(this.all, row), last ? 1 : this.#step / this.#steps);
    if (last) this.#step = 0;
    if (appended) this.frame.push(bar);
    else this.frame.replaceLast(bar);
    this.events.tick(bar, appended);
  }
}

/** A bar as it stood when `part` of its time had passed. */
function forming(bar: Bar, part: number): Bar {
  if (part >= 1) return bar;
  const { open, high, low, close, volume } = bar;
  const way = close >= open ? [open, low, high, close] : [open, high, low, close];
  const leg = Math.min(2, Math.floor(part * 3));
  const price = way[leg]! + (way[leg + 1]! - way[leg]!) * (part * 3 - leg);
  const seen = [...way.slice(0, leg + 1), price];
  return { ...bar, high: Math.max(...seen), low: Math.min(...seen), close: price, volume: volume * part };
}
