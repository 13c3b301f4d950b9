// One series: its newest history, older candles when they are looked for, and every live bar, without a gap.
import type { Frame } from 'atra-wasm';
import { joined } from './frames';
import { Live, type LiveState } from './live';
import type { Choice, LiveBar, Source } from './source';

/** How many bars are asked for first, and then at a time. */
const HISTORY = 10_000;
const MORE = 100_000;
/** How long a failed question for older candles is not asked again. */
const PAUSE = 5000;

export interface FeedEvents {
  /** The whole frame is new; `older` when it has the same bars as before at its end. */
  reset(frame: Frame, older: boolean): void;
  /** The last bar changed, or a new one was appended. */
  tick(bar: LiveBar, appended: boolean): void;
  /** A bar closed: there may be new signals. */
  closed(): void;
  state(state: LiveState): void;
  failed(error: unknown): void;
}

export class Feed {
  frame: Frame | undefined;
  #live: Live | undefined;
  #over = false;
  #loading: Promise<boolean> | undefined;
  /** Whether the first bar there is has been loaded. */
  complete = false;

  constructor(
    readonly source: Source,
    readonly choice: Choice,
    private readonly events: FeedEvents,
  ) {}

  async start(): Promise<void> {
    try {
      const frame = await this.source.candles(this.choice, HISTORY);
      if (this.#over) return frame.free();
      this.complete = frame.length !== HISTORY;
      this.#reset(frame, false);
      if (!this.source.live) return;
      this.#live = new Live(this.choice, {
        since: () => this.frame?.time.at(-1),
        state: (state) => this.events.state(state),
        bar: (bar) => this.#take(bar),
      });
    } catch (error) {
      if (!this.#over) this.events.failed(error);
    }
  }

  stop(): void {
    this.#over = true;
    this.#live?.close();
    this.frame?.free();
    this.frame = undefined;
  }

  /** Loads candles before the first one; false when there are none, or they could not be had. */
  older(): Promise<boolean> {
    if (this.complete || this.frame === undefined || this.frame.length === 0) return Promise.resolve(false);
    this.#loading ??= this.#load(this.frame.time[0]!).then(
      (more) => {
        this.#loading = undefined;
        return more;
      },
      () => {
        // What is seen stays; scrolling on asks again, after a while.
        setTimeout(() => (this.#loading = undefined), PAUSE);
        return false;
      },
    );
    return this.#loading;
  }

  async #load(before: number): Promise<boolean> {
    const older = await this.source.candles(this.choice, MORE, before);
    try {
      const now = this.frame;
      if (this.#over || now === undefined) return false;
      this.complete = older.length < MORE;
      if (older.length > 0) this.#reset(joined(older, now), true);
      return older.length > 0;
    } finally {
      older.free();
    }
  }

  #reset(frame: Frame, older: boolean): void {
    const before = this.frame;
    this.frame = frame;
    this.events.reset(frame, older);
    before?.free();
  }

  #take(bar: LiveBar): void {
    const { frame } = this;
    if (frame === undefined) return;
    const last = frame.time.at(-1) ?? -Infinity;
    if (bar.time < last) return;
    const appended = bar.time > last;
    try {
      if (appended) frame.push(bar);
      else frame.replaceLast(bar);
    } catch (error) {
      // A broken bar is left out, as the bot's own store would.
      console.warn(error);
      return;
    }
    this.events.tick(bar, appended);
    if (bar.closed || appended) this.events.closed();
  }
}
