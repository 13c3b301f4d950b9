// What the classes share: the module's memory, errors, and views that stay valid.
import { find, names } from './atra_wasm.js';
import { failure } from './failure.js';

export { failure };

let memory;

/** Called by the entries once the module runs. */
export function ready(module) {
  memory = module.memory;
}

/** Whether the engine has vectors: it is asked about a function that returns one. */
export function hasVectors() {
  const module = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];
  return WebAssembly.validate(Uint8Array.from(module));
}

/** Refuses calls before `init()` with a sentence instead of a crash. */
export function running() {
  if (memory === undefined) throw failure('closed', 'atra is not loaded yet; call `await init()` first');
}

// Indicators by whatever name they were asked for, found once.
const known = new Map();

/** The indicator of an id, or of TA-Lib's name, in any case: its number in the module, and what it is made of. */
export function indicator(name) {
  return known.get(name) ?? found(name);
}

function found(name) {
  running();
  const number = find(String(name));
  const [id, inputs, outputs] = names(number).split('|');
  const found = known.get(id) ?? Object.freeze({ number, id, inputs: list(inputs), outputs: list(outputs) });
  known.set(id, found);
  if (typeof name === 'string') known.set(name, found);
  return found;
}

function list(words) {
  return Object.freeze(words.split(','));
}

// A view keeps what it looks at from being collected: the entry lives as long as its key.
const owners = new WeakMap();

/** The slice of wasm memory at `address`; `old` itself when it is still exactly that. */
export function view(old, address, length, owner) {
  if (
    old !== undefined &&
    old.buffer === memory.buffer &&
    old.byteOffset === address &&
    old.length === length
  ) {
    return old;
  }
  const fresh = new Float64Array(memory.buffer, address, length);
  owners.set(fresh, owner);
  return fresh;
}

/** Numbers on their way into the module, as a Float64Array outside its memory (which may move meanwhile). */
export function numbers(values, name) {
  if (values instanceof Float64Array) {
    return values.buffer === memory?.buffer ? values.slice() : values;
  }
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    return Float64Array.from(values, Number);
  }
  if (ArrayBuffer.isView(values) && !(values instanceof DataView)) return Float64Array.from(values);
  if (!Array.isArray(values)) throw failure('data', `${name} must be an array of numbers`);
  const wrong = values.findIndex((value) => typeof value !== 'number');
  if (wrong !== -1) throw failure('data', `${name}[${wrong}] is ${describeType(values[wrong])}, not a number`);
  return Float64Array.from(values);
}

/** Columns from JSON, where NaN is `null`, if these bytes are JSON: what begins with `{`. */
export function json(bytes) {
  if (bytes[0] !== 0x7b) return undefined;
  try {
    const columns = JSON.parse(new TextDecoder().decode(bytes));
    return Object.fromEntries(
      Object.entries(columns).map(([name, values]) => [
        name,
        Array.isArray(values) ? values.map((value) => value ?? NaN) : values,
      ]),
    );
  } catch (error) {
    throw failure('format', `not the expected JSON: ${error.message}`);
  }
}

/** Bytes on their way into the module. */
export function bytes(data, name) {
  const array = data instanceof ArrayBuffer ? new Uint8Array(data) : data;
  if (!(array instanceof Uint8Array)) throw failure('format', `${name} must be a Uint8Array or an ArrayBuffer`);
  return array.buffer === memory?.buffer ? array.slice() : array;
}

/** A bar's number by name. */
export function field(bar, name, what) {
  const value = bar?.[name];
  if (typeof value !== 'number') {
    throw failure('data', `${what}: ${name} is ${describeType(value)}; it must be a number`);
  }
  return value;
}

/** Whether this is an object of values by name; what a map or a date holds would not be seen. */
function isPlain(values) {
  return Object.prototype.toString.call(values) === '[object Object]';
}

/** Refuses parameters that are no object of values by name; there may be none. */
export function parameters(params) {
  if (params === undefined || isPlain(params)) return params;
  throw failure('parameter', 'parameters must be an object of values by name, such as { period: 14 }');
}

/** Every combination of parameters: of each either one value, several, or `{ from, to, step }`. */
export function combinations(ranges) {
  let all = [{}];
  for (const [name, values] of Object.entries(spread(ranges))) {
    all = all.flatMap((params) => values.map((value) => ({ ...params, [name]: value })));
  }
  return all;
}

/** Ranges as arrays of values by name. */
export function spread(ranges) {
  if (!isPlain(ranges)) {
    throw failure('parameter', 'ranges must be an object of values by name, such as { period: [10, 20] }');
  }
  return Object.fromEntries(Object.entries(ranges).map(([name, range]) => [name, valuesOf(name, range)]));
}

function valuesOf(name, range) {
  if (range === null || typeof range !== 'object') return [range];
  if (Symbol.iterator in range) return [...range];
  const { from, to, step = 1 } = range;
  const steps = Math.floor((to - from) / step + 1e-9);
  const areNumbers = [from, to, step].every((value) => typeof value === 'number');
  if (!(areNumbers && step > 0 && steps >= 0 && steps < 1e6)) {
    throw failure('parameter', `${name}: { from, to, step } must be numbers, \`to\` not below \`from\` and \`step\` above 0`);
  }
  return Array.from({ length: steps + 1 }, (_, index) => from + index * step);
}

function describeType(value) {
  return value === null || value === undefined ? String(value) : `a ${typeof value}`;
}
