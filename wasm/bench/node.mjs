// The benchmark in Node: `npm run bench` in this directory, or `make bench-wasm`.
import { readFileSync } from 'node:fs';
import * as atra from '../pkg/node.js';
import { bench } from './bench.mjs';
import { talibInit } from './contenders.mjs';

// That package fetches its module, which Node's fetch does from a data URL only.
const module = readFileSync(new URL('node_modules/talib-web/lib/talib.wasm', import.meta.url));
await talibInit(`data:application/wasm;base64,${module.toString('base64')}`);
console.log(`Node ${process.version}`);
await bench(atra, (line) => console.log(line));
