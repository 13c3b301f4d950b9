// Prints what every indicator gives on a frame, for comparison with the native side bit by bit.
//
//   node wasm/test/bits.mjs FRAMEFILE
//
// FRAMEFILE is one frame as the codec writes it. For every indicator of the catalogue, in its order, with default
// parameters, one line an output: `<id> <output> <hash>`. The hash is FNV-1a 64 over the column as little-endian
// f64 bytes, first row first: start with 0xcbf29ce484222325; for each byte, xor it in, then multiply by
// 0x100000001b3 modulo 2^64; 16 lower-case hex digits. NaNs are hashed as they are.
import { readFileSync } from 'node:fs';
import { atra } from './data.mjs';

const path = process.argv[2];
if (path === undefined) {
  console.error('usage: node wasm/test/bits.mjs FRAMEFILE');
  process.exit(2);
}

const frame = atra.Frame.decode(readFileSync(path));
for (const { id, outputs } of atra.catalog()) {
  const output = frame.compute(id);
  for (const { name } of outputs) console.log(id, name, hash(output[name]));
}

function hash(column) {
  const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
  let hash = 0xcbf29ce484222325n;
  for (const byte of bytes) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return hash.toString(16).padStart(16, '0');
}
