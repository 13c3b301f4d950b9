// Names the functions of a module so that, sorted by name, alike ones stand side by side: gzip looks only 32 kB back for what
// it can repeat. `node order.mjs module.wasm`, then `wasm-opt --reorder-functions-by-name`.
import { readFileSync, writeFileSync } from 'node:fs';

const [IMPORTS, CODE, CUSTOM, FUNCTION_NAMES] = [2, 10, 0, 1];
const file = process.argv[2];
const bytes = readFileSync(file);
let at = 8; // behind the magic number and the version

function number() {
  let [value, shift, byte] = [0, 1, 0];
  do {
    byte = bytes[at++];
    value += (byte & 127) * shift;
    shift *= 128;
  } while (byte & 128);
  return value;
}

function slice() {
  const length = number();
  at += length;
  return bytes.subarray(at - length, at);
}

function encoded(value) {
  const list = [];
  do {
    list.push((value & 127) | (value > 127 ? 128 : 0));
    value = Math.floor(value / 128);
  } while (value > 0);
  return Buffer.from(list);
}

const sized = (...parts) => {
  const whole = Buffer.concat(parts);
  return Buffer.concat([encoded(whole.length), whole]);
};

let imported = 0;
const [names, bodies, kept] = [new Map(), [], [bytes.subarray(0, 8)]];
const limits = () => {
  const flags = bytes[at++];
  number();
  if (flags & 1) number();
};
while (at < bytes.length) {
  const start = at;
  const section = bytes[at++];
  const end = number() + at;
  let isNames = false;
  if (section === IMPORTS) {
    for (let left = number(); left > 0; left--) {
      slice();
      slice();
      const kind = bytes[at++];
      if (kind === 0) {
        imported++;
        number();
      } else if (kind === 1) {
        at++;
        limits();
      } else if (kind === 2) limits();
      else at += 2;
    }
  } else if (section === CODE) {
    for (let left = number(); left > 0; left--) bodies.push(slice());
  } else if (section === CUSTOM && slice().toString() === 'name') {
    isNames = true;
    while (at < end) {
      const part = bytes[at++];
      const partEnd = number() + at;
      if (part === FUNCTION_NAMES) {
        for (let left = number(); left > 0; left--) names.set(number(), slice().toString());
      }
      at = partEnd;
    }
  }
  if (!isNames) kept.push(bytes.subarray(start, end));
  at = end;
}

/** The runs of six bytes in a function. */
function runs(body) {
  const found = new Set();
  for (let index = 5; index < body.length; index++) found.add(body.readUIntBE(index - 5, 6));
  return found;
}

/** Of functions of one trait's method, or of one name: the smallest, then of those left always the one most like it. */
function chain(group) {
  const left = group.map((index) => ({ index, runs: runs(bodies[index]) })).sort((a, b) => a.runs.size - b.runs.size);
  let last = left.shift();
  const order = [last.index];
  while (left.length > 0) {
    let [best, likest] = [0, -1];
    for (const [place, other] of left.entries()) {
      let shared = 0;
      for (const run of other.runs) shared += last.runs.has(run);
      const like = shared / (1 + last.runs.size + other.runs.size - shared);
      if (like > likest) [best, likest] = [place, like];
    }
    [last] = left.splice(best, 1);
    order.push(last.index);
  }
  return order;
}

const groups = new Map();
for (const index of bodies.keys()) {
  const name = (names.get(imported + index) ?? '').replace(/::h[0-9a-f]{16}$/, '').replace(/^<.* as (.*)>::(\w+)$/, '$1::$2');
  groups.set(name, [...(groups.get(name) ?? []), index]);
}
const order = [...groups.keys()].sort().flatMap((name) => chain(groups.get(name)));
const places = new Map(order.map((index, place) => [index, String(place).padStart(6, '0')]));
const list = [...bodies.keys()].map((index) => Buffer.concat([encoded(imported + index), sized(Buffer.from(places.get(index)))]));
const section = sized(encoded(list.length), ...list);
const payload = sized(sized(Buffer.from('name')), Buffer.from([FUNCTION_NAMES]), section);
writeFileSync(file, Buffer.concat([...kept, Buffer.from([CUSTOM]), payload]));
