// The series on the chart: its history and live bars, or a replay of them.
import type { Bar, Frame } from 'atra-wasm';
import type { ChartView } from './chart/chart';
import { Feed } from './data/feed';
import type { Choice, Source } from './data/source';
import type { State } from './header';
import type { Indicators } from './indicators';
import type { Layout } from './layout';
import { notice } from './notice';
import { Replay } from './replay';
import type { Signals } from './signals';

export interface SessionEvents {
  /** The whole frame is another. */
  shown(frame: Frame): void;
  ticked(): void;
  state(state: State): void;
  failed(error: unknown, choice: Choice, layout: Layout): void;
  replaying(replay: Replay | undefined): void;
  replayed(): void;
}

export class Session {
  choice: Choice | undefined;
  replay: Replay | undefined;
  #feed: Feed | undefined;
  #state: State = 'loading';
  /** Until the first candles are here. */
  #first = true;
  #asked: number | undefined;
  /** Questions for signals are numbered: an answer that is overtaken is late. */
  #questions = 0;
  #answered = 0;
  /** Whether the chart stands where its layout says. */
  placed = false;

  constructor(
    private readonly view: ChartView,
    private readonly indicators: Indicators,
    private readonly marks: Signals,
    private readonly events: SessionEvents,
  ) {}

  /** What is shown: of the feed, or of a replay. */
  get frame(): Frame | undefined {
    return this.#first ? undefined : (this.replay?.frame ?? this.#feed?.frame);
  }

  open(source: Source, choice: Choice, layout: Layout): void {
    this.#dropReplay();
    this.indicators.close();
    this.view.reset(undefined, false);
    this.#feed?.stop();
    this.choice = choice;
    this.#first = true;
    this.placed = false;
    this.marks.set([]);
    notice('loading', `Loading ${choice.symbol} …`);
    this.#tell('loading');
    const feed: Feed = new Feed(source, choice, {
      reset: (frame, older) => this.#reset(feed, frame, older, layout),
      tick: (bar, appended) => this.#tick(bar, appended),
      closed: () => this.#askSignals(feed, 250),
      state: (state) => this.#tell(state),
      failed: (error) => this.events.failed(error, choice, layout),
    });
    this.#feed = feed;
    void feed.start();
  }

  /** Loads candles before the first. */
  async older(): Promise<void> {
    if (this.replay === undefined && !this.#first) await this.#feed?.older();
  }

  /** Loads every candle there is, or those of the last so many milliseconds. */
  async load(length = Infinity): Promise<void> {
    const feed = this.#feed;
    const loaded = (): boolean => {
      const times = this.#feed?.frame?.time;
      return this.#feed !== feed || this.replay !== undefined || times === undefined || times.at(-1)! - times[0]! >= length;
    };
    while (!loaded() && (await feed?.older()) === true);
  }

  toggleReplay(): void {
    if (this.replay !== undefined) return this.endReplay();
    const all = this.#feed?.frame;
    if (all === undefined || all.length < 2) return;
    // From the crosshair, else from the middle of what is seen.
    const { time, crosshair } = this.view;
    const start = crosshair?.row ?? Math.min(all.length, Math.floor(time.right)) - Math.round(Math.min(time.bars, all.length) / 2);
    this.replay = new Replay(all.tail(all.length), start, {
      reset: (frame) => this.#show(frame, true),
      tick: (bar, appended) => this.#draw(bar, appended),
      changed: () => this.events.replayed(),
    });
    this.events.state('replay');
    this.events.replaying(this.replay);
    this.#show(this.replay.frame, false);
  }

  endReplay(): void {
    this.#dropReplay();
    this.events.state(this.#state);
    if (this.#feed?.frame !== undefined) this.#show(this.#feed.frame, false);
  }

  #dropReplay(): void {
    const { replay } = this;
    this.replay = undefined;
    this.marks.until = Infinity;
    this.events.replaying(undefined);
    if (replay === undefined) return;
    this.indicators.close();
    this.view.reset(undefined, false);
    replay.stop();
  }

  #tell(state: State): void {
    this.#state = state;
    if (this.replay === undefined) this.events.state(state);
  }

  #reset(feed: Feed, frame: Frame, older: boolean, layout: Layout): void {
    if (this.#first) {
      this.#first = false;
      this.#askSignals(feed, 0);
      if (!feed.source.live) this.#tell('still');
      const { symbol, interval } = feed.choice;
      const comes = feed.source.live ? ' They appear as they arrive.' : '';
      notice(frame.length === 0 ? 'empty' : undefined, `No candles of ${symbol} ${interval} yet.${comes}`);
      this.#show(frame, false);
      void this.#place(feed, layout);
    } else if (this.replay === undefined) {
      this.#show(frame, older);
    }
  }

  /** Where the layout says, once the candles there are loaded. */
  async #place(feed: Feed, { bars, end }: Layout): Promise<void> {
    const { time } = this.view;
    const right = (): number => (end === undefined ? time.right : this.view.rowAt(end));
    const lacks = (): boolean => {
      const first = feed.frame?.time[0];
      return first !== undefined && (first > (end ?? Infinity) || right() - (bars ?? 0) < -1);
    };
    while (feed === this.#feed && lacks() && (await feed.older()));
    if (feed !== this.#feed) return;
    this.placed = true;
    if (this.replay !== undefined || (bars === undefined && end === undefined)) return;
    const at = right();
    time.show(at - (bars ?? time.bars), at);
    this.view.draw();
  }

  #show(frame: Frame, keep: boolean): void {
    this.view.reset(frame, keep);
    this.indicators.reset(frame);
    this.#limit(frame);
    this.marks.draw();
    this.events.shown(frame);
  }

  #tick(bar: Bar, appended: boolean): void {
    if (this.replay !== undefined) return;
    if (this.#feed?.frame?.length === 1) notice(undefined);
    this.#draw(bar, appended);
  }

  #draw(bar: Bar, appended: boolean): void {
    const { frame } = this;
    if (frame === undefined) return;
    this.indicators.tick(bar, appended);
    this.#limit(frame);
    this.view.changed(frame.length - 1);
    this.events.ticked();
  }

  #limit(frame: Frame): void {
    this.marks.until = this.replay === undefined ? Infinity : (frame.time.at(-1) ?? Infinity);
  }

  /** Catching up closes many bars at once: one question for all of them. */
  #askSignals(feed: Feed, pause: number): void {
    clearTimeout(this.#asked);
    this.#asked = setTimeout(() => {
      const question = ++this.#questions;
      feed.source.signals(feed.choice).then(
        (list) => {
          if (feed !== this.#feed || question < this.#answered) return;
          this.#answered = question;
          this.marks.set(list);
        },
        () => {
          // Without signals the chart is still whole; the next closed bar asks again.
        },
      );
    }, pause);
  }
}
