// What the classes share: the module's memory, errors, and views that stay valid.
import { catalog as describe } from './atra_wasm.js';

let memory;
let specs;

/** Called by the entries once the module runs. */
export function ready(module) {
  memory = module.memory;
}

/** An error as the module throws them. */
export function failure(code, message) {
  const error = new Error(message);
  error.name = 'AtraError';
  error.code = code;
  return error;
}

/** Refuses calls before `init()` with a sentence instead of a crash. */
export function running() {
  if (memory === undefined) throw failure('closed', 'atra is not loaded yet; call `await init()` first');
}

/** Every indicator's description, read once and frozen. */
export function catalog() {
  running();
  specs ??= freeze(JSON.parse(describe()));
  return specs;
}

export function spec(id) {
  return catalog().find((candidate) => candidate.id === id);
}

function freeze(value) {
  if (value !== null && typeof value === 'object') Object.values(value).forEach(freeze);
  return Object.freeze(value);
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
    return values.buffer === memory.buffer ? values.slice() : values;
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

/** Bytes on their way into the module. */
export function bytes(data, name) {
  const array = data instanceof ArrayBuffer ? new Uint8Array(data) : data;
  if (!(array instanceof Uint8Array)) throw failure('format', `${name} must be a Uint8Array or an ArrayBuffer`);
  return array.buffer === memory.buffer ? array.slice() : array;
}

/** A bar's number by name. */
export function field(bar, name, what) {
  const value = bar?.[name];
  if (typeof value !== 'number') {
    throw failure('data', `${what}: ${name} is ${describeType(value)}; it must be a number`);
  }
  return value;
}

function describeType(value) {
  return value === null || value === undefined ? String(value) : `a ${typeof value}`;
}
