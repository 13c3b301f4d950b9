// The live stream: reconnects by itself, with growing pauses, and goes on where it was.
import { liveUrl } from './api';
import type { Choice, LiveBar } from './source';

export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'offline';

export interface LiveEvents {
  /** The time of the newest bar there is: the stream begins with it. */
  since(): number | undefined;
  bar(bar: LiveBar): void;
  state(state: LiveState): void;
}

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;
/** The server says something at least every ten seconds; a connection silent for longer than this is dead. */
const SILENCE = 40_000;

export class Live {
  #source: EventSource | undefined;
  #timer: number | undefined;
  #watch: number | undefined;
  #pause = FIRST_PAUSE;
  readonly #online = (): void => this.#connect();
  readonly #offline = (): void => this.#lost();

  constructor(
    private readonly choice: Choice,
    private readonly events: LiveEvents,
  ) {
    addEventListener('online', this.#online);
    addEventListener('offline', this.#offline);
    events.state('connecting');
    this.#connect();
  }

  close(): void {
    removeEventListener('online', this.#online);
    removeEventListener('offline', this.#offline);
    this.#drop();
  }

  #drop(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#watch);
    this.#source?.close();
    this.#source = undefined;
  }

  #connect(): void {
    this.#drop();
    const source = new EventSource(liveUrl(this.choice, this.events.since()));
    this.#source = source;
    source.addEventListener('open', () => {
      this.#pause = FIRST_PAUSE;
      this.#heard();
      this.events.state('live');
    });
    source.addEventListener('ping', () => this.#heard());
    source.addEventListener('candle', (event) => {
      this.#heard();
      const bar = parse((event as MessageEvent<string>).data);
      if (bar !== undefined) this.events.bar(bar);
    });
    // The browser's own retry gives up on an error status, and would ask for the bars of its first connection again.
    source.addEventListener('error', () => this.#lost());
  }

  #heard(): void {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.#lost(), SILENCE);
  }

  #lost(): void {
    this.#drop();
    this.events.state(navigator.onLine ? 'reconnecting' : 'offline');
    this.#timer = setTimeout(() => this.#connect(), this.#pause);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
  }
}

function parse(data: string): LiveBar | undefined {
  try {
    return JSON.parse(data) as LiveBar;
  } catch {
    return undefined;
  }
}
