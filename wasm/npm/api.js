// The public API: the classes of the module under names, with outputs as views. Knows no indicator.
import { Frame as RawFrame, Stream as RawStream } from './atra_wasm.js';
import { bytes, catalog, failure, field, numbers, running, spec, view } from './core.js';

export { catalog };

const CANDLE = ['time', 'open', 'high', 'low', 'close', 'volume'];

/** What owns a piece of wasm memory. */
class Handle {
  #raw;

  constructor(raw) {
    this.#raw = raw;
  }

  get _raw() {
    if (this.#raw === undefined) throw failure('closed', `this ${this.constructor.kind} was freed`);
    return this.#raw;
  }

  free() {
    this.#raw?.free();
    this.#raw = undefined;
  }
}
if (Symbol.dispose) Handle.prototype[Symbol.dispose] = Handle.prototype.free;

/** Market data in wasm memory. */
export class Frame extends Handle {
  static kind = 'frame';
  #time;
  #columns = new Map();

  static from(columns) {
    running();
    if (columns === null || typeof columns !== 'object') {
      throw failure('data', 'a frame is made from an object of columns: { time, open, high, low, close, volume }');
    }
    const { time, ...rest } = columns;
    const names = Object.keys(rest);
    const values = names.map((name) => numbers(rest[name], name));
    return new Frame(RawFrame.fromColumns(numbers(time, 'time'), names, values));
  }

  static decode(data) {
    running();
    return new Frame(RawFrame.decode(bytes(data, 'a frame')));
  }

  static empty() {
    running();
    return new Frame(RawFrame.empty(0));
  }

  get length() {
    return this._raw.length;
  }

  get columns() {
    return this._raw.names();
  }

  get time() {
    this.#time = view(this.#time, this._raw.timeAddress(), this._raw.length, this);
    return this.#time;
  }

  column(name) {
    const key = String(name);
    if (key === 'time') return this.time;
    const fresh = view(this.#columns.get(key), this._raw.address(key), this._raw.length, this);
    this.#columns.set(key, fresh);
    return fresh;
  }

  push(bar) {
    this.#take('push', bar);
  }

  replaceLast(bar) {
    this.#take('replaceLast', bar);
  }

  #take(how, bar) {
    const raw = this._raw;
    const [time, open, high, low, close, volume] = CANDLE.map((name) => field(bar, name, how));
    if (!raw[how](time, open, high, low, close, volume)) throw raw.takeError();
  }

  tail(rows) {
    if (!Number.isInteger(rows) || rows < 0) {
      throw failure('parameter', `tail: rows ${String(rows)} is not valid; it must be a whole number from 0`);
    }
    return new Frame(this._raw.tail(Math.min(rows, this.length)));
  }

  encode() {
    return this._raw.encode();
  }

  compute(id, params) {
    const raw = this._raw.compute(String(id), params);
    return output(known(id), raw);
  }
}

/** A live indicator before its first bar. */
export function stream(id, params) {
  running();
  return live(RawStream.create(String(id), params));
}

/** The stream that `snapshot()` saved, here or in the bot. */
export function restore(snapshot) {
  running();
  return live(RawStream.restore(bytes(snapshot, 'a snapshot')));
}

// TA-Lib's names and other cases are found too; the module has already checked that there is one.
function known(id) {
  const name = String(id).toLowerCase();
  return spec(name) ?? catalog().find((candidate) => candidate.talib?.function.toLowerCase() === name);
}

/** What an indicator computed: a Float64Array a name. */
class Output extends Handle {
  static kind = 'output';
  #views = [];

  get length() {
    return this._raw.length;
  }

  get lookback() {
    return this._raw.lookback;
  }

  get outputs() {
    return this.constructor.names;
  }

  get displacements() {
    return Array.from(this._raw.displacements);
  }

  _column(index) {
    const raw = this._raw;
    this.#views[index] = view(this.#views[index], raw.address(index), raw.length, this);
    return this.#views[index];
  }

  get values() {
    return this.outputs.map((_, index) => this._column(index));
  }
}

/** An indicator that follows the market: a number a name. */
class Stream extends Handle {
  static kind = 'stream';
  #views;
  #inputs;

  constructor(raw) {
    super(raw);
    this.#inputs = this.inputs;
    this.#view();
  }

  get id() {
    return this.constructor.id;
  }

  get inputs() {
    return this.constructor.inputs;
  }

  get outputs() {
    return this.constructor.names;
  }

  get params() {
    return JSON.parse(this._raw.params());
  }

  get bars() {
    return this._raw.bars;
  }

  get lookback() {
    return this._raw.lookback;
  }

  get values() {
    void this._raw;
    return this.#current().values;
  }

  update(bar) {
    const raw = this.#write(bar);
    if (!raw.update()) throw raw.takeError();
    return this.#current().values;
  }

  replace(bar) {
    const raw = this.#write(bar);
    if (!raw.replace()) throw raw.takeError();
    return this.#current().values;
  }

  peek(bar) {
    const raw = this.#write(bar);
    if (!raw.peek()) throw raw.takeError();
    return this.#current().peeked;
  }

  #write(bar) {
    const raw = this._raw;
    const { input } = this.#current();
    const names = this.#inputs;
    for (let index = 0; index < names.length; index++) {
      const value = bar?.[names[index]];
      input[index] = typeof value === 'number' ? value : field(bar, names[index], this.id);
    }
    return raw;
  }

  /** The views; those of memory that has grown are detached, and made anew. */
  #current() {
    return this.#views.input.length === 0 ? this.#view() : this.#views;
  }

  #view() {
    const raw = this._raw;
    const [inputs, outputs] = [this.#inputs.length, this.outputs.length];
    this.#views = {
      input: view(undefined, raw.inputAddress(), inputs, this),
      values: view(undefined, raw.valuesAddress(), outputs, this),
      peeked: view(undefined, raw.peekedAddress(), outputs, this),
    };
    return this.#views;
  }

  extend(frame) {
    if (!(frame instanceof Frame)) throw failure('data', `${this.id}: extend takes a Frame`);
    return output(spec(this.id), this._raw.extend(frame._raw));
  }

  snapshot() {
    return this._raw.snapshot();
  }
}

// One class an indicator, made when first needed, so that a name is a plain getter.
const outputs = new Map();
const streams = new Map();

function output(description, raw) {
  const Class = named(outputs, Output, description, function (index) {
    return this._column(index);
  });
  return new Class(raw);
}

function live(raw) {
  const Class = named(streams, Stream, spec(raw.id), function (index) {
    return this.values[index];
  });
  return new Class(raw);
}

function named(classes, Base, { id, inputs, outputs: columns }, read) {
  let Class = classes.get(id);
  if (Class === undefined) {
    const names = Object.freeze(columns.map((column) => column.name));
    Class = class extends Base {};
    Object.assign(Class, { id, inputs, names });
    names.forEach((name, index) => {
      const get = function () {
        return read.call(this, index);
      };
      Object.defineProperty(Class.prototype, name, { get, enumerable: true });
    });
    classes.set(id, Class);
  }
  return Class;
}
