// A deterministic series, and what the tests share.
import { readFileSync } from 'node:fs';

/** The built package, as a user imports it; with SCALAR=1, as an engine without vectors runs it. */
export const atra = await (process.env.SCALAR ? scalar() : import('../pkg/node.js'));

async function scalar() {
  const package_ = await import('../pkg/index.js');
  await package_.init(readFileSync(new URL('../pkg/atra_wasm_scalar.wasm', import.meta.url)));
  return package_;
}

/** `rows` bars from a small congruential generator: the same on every machine. */
export function bars(rows, seed = 7) {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  let close = 100;
  return Array.from({ length: rows }, (_, index) => {
    const open = close;
    close = open * (1 + (random() - 0.5) * 0.04);
    const high = Math.max(open, close) * (1 + random() * 0.01);
    const low = Math.min(open, close) * (1 - random() * 0.01);
    return { time: 1_700_000_000_000 + index * 60_000, open, high, low, close, volume: random() * 1000 };
  });
}

/** Bars as columns. */
export function columns(list) {
  const names = ['time', 'open', 'high', 'low', 'close', 'volume'];
  return Object.fromEntries(names.map((name) => [name, Float64Array.from(list, (bar) => bar[name])]));
}

/** The bits of numbers, for comparisons in which NaN equals NaN and -0 differs from 0. */
export function bits(values) {
  return new BigUint64Array(Float64Array.from(values).buffer);
}

/** The module's memory in bytes, seen through any view. */
export function memoryOf(frame) {
  return frame.time.buffer.byteLength;
}

export const manifest = JSON.parse(readFileSync(new URL('../pkg/package.json', import.meta.url), 'utf8'));
