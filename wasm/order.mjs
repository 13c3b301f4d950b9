// Names the functions of a module so that, sorted by name, alike ones stand side by side: gzip looks only 32 kB back for what
// it can repeat. `node order.mjs module.wasm`, then `wasm-opt --reorder-functions-by-name`.
import { readFileSync, writeFileSync } from 'node:fs';

const [IMPORTS, CODE, CUSTOM, FUNCTION_NAMES] = [2, 10, 0, 1];
const WINDOW = 1 << 15;
const RUN = 6; // bytes: the most that a number holds
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
const [bodies, kept] = [[], [bytes.subarray(0, 8)]];
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
  } else if (section === CUSTOM && slice().toString() === 'name') isNames = true;
  if (!isNames) kept.push(bytes.subarray(start, end));
  at = end;
}

// Which runs of so many bytes each function has, and which functions have each run.
const numbers = new Map();
const holders = [];
const runs = bodies.map((body, index) => {
  const found = new Set();
  for (let end = RUN; end <= body.length; end++) {
    const run = body.readUIntBE(end - RUN, RUN);
    let place = numbers.get(run);
    if (place === undefined) {
      place = holders.length;
      numbers.set(run, place);
      holders.push([]);
    }
    if (!found.has(place)) holders[place].push(index);
    found.add(place);
  }
  return [...found];
});

// Next comes, of those left, the function of which most is in the last one and in all that gzip still sees.
const left = new Set(bodies.keys());
const seen = new Uint32Array(holders.length); // in how many functions of the window a run is
const known = new Uint32Array(bodies.length); // how many of a function's runs are in the window
const near = new Uint32Array(bodies.length); // and how many in the last function
const order = [];
let [next, begin, size] = [[...left].reduce((one, other) => (bodies[other].length < bodies[one].length ? other : one)), 0, 0];
while (left.size > 0) {
  left.delete(next);
  order.push(next);
  size += bodies[next].length;
  near.fill(0);
  for (const run of runs[next]) {
    if (seen[run]++ === 0) for (const holder of holders[run]) known[holder]++;
    for (const holder of holders[run]) near[holder]++;
  }
  for (; size > WINDOW; begin++) {
    for (const run of runs[order[begin]]) if (--seen[run] === 0) for (const holder of holders[run]) known[holder]--;
    size -= bodies[order[begin]].length;
  }
  let most = -1;
  const last = runs[next].length;
  for (const index of left) {
    const own = runs[index].length;
    const like = near[index] / (1 + last + own - near[index]) + known[index] / (1 + own);
    if (like > most) [next, most] = [index, like];
  }
}
const places = new Map(order.map((index, place) => [index, String(place).padStart(6, '0')]));
const list = [...bodies.keys()].map((index) => Buffer.concat([encoded(imported + index), sized(Buffer.from(places.get(index)))]));
const section = sized(encoded(list.length), ...list);
const payload = sized(sized(Buffer.from('name')), Buffer.from([FUNCTION_NAMES]), section);
writeFileSync(file, Buffer.concat([...kept, Buffer.from([CUSTOM]), payload]));
