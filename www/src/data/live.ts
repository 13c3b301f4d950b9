// The live stream: reconnects by itself, with growing pauses.
import { liveUrl, type Choice, type LiveBar } from './api';

export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'offline';

export interface LiveEvents {
  bar(bar: LiveBar): void;
  state(state: LiveState): void;
  /** Connected, for the first time or again: bars may have been missed. */
  connected(): void;
}

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;

export class Live {
  #source: EventSource | undefined;
  #timer: number | undefined;
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
    this.#source?.close();
    this.#source = undefined;
  }

  #connect(): void {
    this.#drop();
    const source = new EventSource(liveUrl(this.choice));
    this.#source = source;
    source.addEventListener('open', () => {
      this.#pause = FIRST_PAUSE;
      this.events.state('live');
      this.events.connected();
    });
    source.addEventListener('candle', (event) => {
      const bar = parse((event as MessageEvent<string>).data);
      if (bar !== undefined) this.events.bar(bar);
    });
    // The browser's own retry gives up on an error status, so every loss is handled here.
    source.addEventListener('error', () => this.#lost());
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
