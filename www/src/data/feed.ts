// One series: its history, then every live bar, without a gap.
import type { Frame } from 'atra-wasm';
import { candles, type Choice, type LiveBar } from './api';
import { Live, type LiveState } from './live';

/** How many bars are asked for, and how many the chart holds before it lets the oldest go. */
const HISTORY = 10_000;
const MOST = 20_000;
/** How many bars a reconnection asks for first. */
const CATCH_UP = 500;

export interface FeedEvents {
  /** The whole frame is new. */
  reset(frame: Frame): void;
  /** The last bar changed, or a new one was appended. */
  tick(bar: LiveBar, appended: boolean): void;
  /** A bar closed: there may be new signals. */
  closed(): void;
  state(state: LiveState): void;
  failed(error: unknown): void;
}

export class Feed {
  #frame: Frame | undefined;
  #live: Live | undefined;
  #waiting: LiveBar[] | undefined;
  #over = false;

  constructor(
    private readonly choice: Choice,
    private readonly events: FeedEvents,
  ) {}

  async start(): Promise<void> {
    try {
      const frame = await candles(this.choice, HISTORY);
      if (this.#over) return frame.free();
      this.#reset(frame);
      this.#live = new Live(this.choice, {
        state: (state) => this.events.state(state),
        bar: (bar) => (this.#waiting ? void this.#waiting.push(bar) : this.#take(bar)),
        connected: () => void this.#catchUp(),
      });
    } catch (error) {
      if (!this.#over) this.events.failed(error);
    }
  }

  stop(): void {
    this.#over = true;
    this.#live?.close();
    this.#frame?.free();
    this.#frame = undefined;
  }

  /** Fetches what was missed while not connected; bars that arrive meanwhile wait. */
  async #catchUp(): Promise<void> {
    this.#waiting ??= [];
    try {
      const tail = await candles(this.choice, CATCH_UP);
      if (this.#over) return tail.free();
      const last = this.#frame?.time.at(-1) ?? -Infinity;
      const first = tail.time[0];
      if (first !== undefined && first > last) {
        tail.free();
        const frame = await candles(this.choice, HISTORY);
        if (this.#over) return frame.free();
        this.#reset(frame);
      } else {
        for (const bar of bars(tail, last)) this.#take(bar);
        tail.free();
      }
    } catch {
      // The live stream goes on; the next connection tries again.
    } finally {
      const waiting = this.#waiting;
      this.#waiting = undefined;
      if (!this.#over) waiting.forEach((bar) => this.#take(bar));
    }
  }

  #reset(frame: Frame): void {
    const before = this.#frame;
    this.#frame = frame;
    this.events.reset(frame);
    before?.free();
  }

  #take(bar: LiveBar): void {
    const frame = this.#frame;
    if (frame === undefined) return;
    const last = frame.time.at(-1) ?? -Infinity;
    if (bar.time < last) return;
    try {
      if (bar.time > last) frame.push(bar);
      else frame.replaceLast(bar);
    } catch (error) {
      // A broken bar is left out, as the bot's own store would.
      console.warn(error);
      return;
    }
    if (frame.length > MOST) this.#reset(frame.tail(HISTORY));
    else this.events.tick(bar, bar.time > last);
    if (bar.closed || bar.time > last) this.events.closed();
  }
}

function bars(frame: Frame, from: number): LiveBar[] {
  const { time } = frame;
  const [open, high, low, close, volume] = ['open', 'high', 'low', 'close', 'volume'].map((name) => frame.column(name));
  const list: LiveBar[] = [];
  for (let row = 0; row < time.length; row++) {
    if (time[row]! < from) continue;
    list.push({
      time: time[row]!,
      open: open![row]!,
      high: high![row]!,
      low: low![row]!,
      close: close![row]!,
      volume: volume![row]!,
      closed: false,
    });
  }
  return list;
}
