// Sample candles for the page as plain files: samples/public/data, from the candles of the tests.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Frame } from 'atra-wasm';
import { crossings, parse } from './crossings.mjs';

const SAMPLES = [
  ['BTCUSD', '4h', 'btcusd_4h'],
  ['BTCUSD', '1d', 'btcusd_1d'],
  ['AAPL', '1d', 'aapl_1d'],
  ['IBM', '1d', 'ibm_1d'],
  ['US500', '1m', 'us500_1m'],
];
const into = new URL('./public/data/', import.meta.url);
mkdirSync(into, { recursive: true });

const index = SAMPLES.map(([symbol, interval, name]) => {
  const frame = parse(Frame, readFileSync(new URL(`../../tests/data/${name}.csv`, import.meta.url), 'utf8'));
  writeFileSync(new URL(`${name}.atra`, into), frame.encode());
  writeFileSync(new URL(`${name}.json`, into), JSON.stringify(crossings(frame, symbol, interval)));
  const { time } = frame;
  return { symbol, interval, candles: frame.length, first: time[0], last: time.at(-1), frame: `${name}.atra`, signals: `${name}.json` };
});
writeFileSync(new URL('index.json', into), JSON.stringify(index));
console.log(`${index.length} series in samples/public/data`);
