// A million bars that nobody traded, for trying what the page can take: a random walk from a fixed seed.
import { Frame } from 'atra-wasm';
import type { Choice, Market, Source } from './source';

const BARS = 1_000_000;
const MINUTE = 60_000;
const LAST = Date.UTC(2026, 0, 1);
const MARKET: Market = { symbol: 'RANDOM', interval: '1m', candles: BARS, first: LAST - (BARS - 1) * MINUTE, last: LAST };

/** Random numbers in 0..1, the same ones every time (mulberry32). */
function generator(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const generated: Source = {
  name: 'Generated',
  live: false,
  markets: () => Promise.resolve([MARKET]),
  async candles(_choice: Choice, _limit: number, before?: number): Promise<Frame> {
    // All of it was the first answer.
    if (before !== undefined) return Frame.empty();
    // After the notice is painted.
    await new Promise((resolve) => setTimeout(resolve, 30));
    const random = generator(20260101);
    const [time, open, high, low, close, volume] = Array.from({ length: 6 }, () => new Float64Array(BARS)) as [Float64Array, ...Float64Array[]] & Float64Array[];
    let price = 100;
    let calm = 1;
    for (let row = 0; row < BARS; row++) {
      // Quiet and wild times follow each other.
      calm = Math.max(0.3, Math.min(4, calm * (0.97 + random() * 0.0605)));
      const step = (random() + random() + random() - 1.5) * 0.0008 * calm;
      const next = Math.max(0.05, price * (1 + step));
      const reach = price * 0.0005 * calm;
      time[row] = MARKET.first + row * MINUTE;
      open![row] = cents(price);
      close![row] = cents(next);
      high![row] = cents(Math.max(open![row]!, close![row]!) + random() * reach);
      low![row] = Math.max(0.01, cents(Math.min(open![row]!, close![row]!) - random() * reach));
      volume![row] = Math.round((50 + random() * 200) * calm);
      price = next;
    }
    return Frame.from({ time, open: open!, high: high!, low: low!, close: close!, volume: volume! });
  },
  signals: () => Promise.resolve([]),
};

function cents(price: number): number {
  return Math.round(price * 100) / 100;
}
