// The public API: the classes of the module under names, with outputs as views. Knows no indicator.
import { Frame as RawFrame, Stream as RawStream, Watch as RawWatch } from './atra_wasm.js';
import { bytes, combinations, failure, field, indicator, json, numbers, parameters, running, view } from './core.js';

const CANDLE = ['time', 'open', 'high', 'low', 'close', 'volume'];
const NO_BAR = {};

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

  constructor(raw) {
    if (!(raw instanceof RawFrame)) throw failure('parameter', 'use Frame.from(…), Frame.decode(…) or Frame.empty() to make a frame');
    super(raw);
  }

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
    const encoded = bytes(data, 'a frame');
    const columns = json(encoded);
    if (columns !== undefined) return Frame.from(columns);
    // The bindings take memory for the bytes without asking; a candle has 48.
    RawFrame.empty(Math.ceil(encoded.length / 48)).free();
    return new Frame(RawFrame.decode(encoded));
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
    return new Frame(this._raw.tail(Math.min(count('tail', rows, 0), this.length)));
  }

  keep(rows) {
    this._raw.keep(Math.min(count('keep', rows, 1), 2 ** 30));
  }

  encode() {
    return this._raw.encode();
  }

  compute(id, params) {
    const known = indicator(id);
    const again = same(computed.get(known), params);
    if (!again) computed.delete(known); // until the module has it
    const raw = this._raw.compute(known.number, again ? params : parameters(params), again);
    if (!again) computed.set(known, { ...params });
    return output(known, raw);
  }

  sweep(id, ranges) {
    return combinations(ranges).map((params) => ({ params, output: this.compute(id, params) }));
  }

  watch(list) {
    return new Watch(this, list);
  }
}

// Of each indicator the parameters it was last computed with: the module still has it with these.
const computed = new Map();

function same(before, params) {
  if (before === undefined || (params !== undefined && (params === null || Object.getPrototypeOf(params) !== Object.prototype))) return false;
  let left = 0;
  for (const name in before) left++;
  for (const name in params) {
    if (before[name] !== params[name]) return false;
    left--;
  }
  return left === 0;
}

function count(what, rows, least) {
  if (Number.isInteger(rows) && rows >= least) return rows;
  throw failure('parameter', `${what}: rows ${String(rows)} is not valid; it must be a whole number from ${least}`);
}

/** Every indicator of a list, kept up to date with a frame by one call a tick. */
class Watch extends Handle {
  static kind = 'watch';
  #frame;
  #values;

  constructor(frame, list) {
    if (!Array.isArray(list)) throw failure('parameter', 'watch takes a list such as [{ id: \'rsi\', params: { period: 14 } }]');
    const known = list.map((item) => indicator(item?.id));
    super(RawWatch.create(frame._raw, known.map(({ number }) => number), list.map((item) => parameters(item.params))));
    this.#frame = frame;
    let offset = 0;
    this.items = Object.freeze(
      known.map(({ id, outputs }) => {
        const item = Object.freeze({ id, outputs, offset });
        offset += outputs.length;
        return item;
      }),
    );
    this.#view();
  }

  get frame() {
    return this.#frame;
  }

  get values() {
    void this._raw;
    return this.#values.length === 0 ? this.#view() : this.#values;
  }

  update(bar) {
    const raw = this._raw;
    // Each by its own name: engines look up a name that varies several times more slowly.
    const { time, open, high, low, close, volume } = bar ?? NO_BAR;
    const taken = raw.update(
      this.#frame._raw,
      typeof time === 'number' ? time : field(bar, 'time', 'update'),
      typeof open === 'number' ? open : field(bar, 'open', 'update'),
      typeof high === 'number' ? high : field(bar, 'high', 'update'),
      typeof low === 'number' ? low : field(bar, 'low', 'update'),
      typeof close === 'number' ? close : field(bar, 'close', 'update'),
      typeof volume === 'number' ? volume : field(bar, 'volume', 'update'),
    );
    if (!taken) throw raw.takeError();
    return this.#values.length === 0 ? this.#view() : this.#values;
  }

  #view() {
    const raw = this._raw;
    this.#values = view(undefined, raw.valuesAddress(), raw.length, this);
    return this.#values;
  }
}

/** A live indicator before its first bar. */
export function stream(id, params) {
  const known = indicator(id);
  return live(known, RawStream.create(known.number, parameters(params)));
}

/** The same indicator over many frames. */
export function scan(frames, id, params) {
  if (typeof frames?.[Symbol.iterator] !== 'function') throw failure('data', 'scan takes frames in a row, such as an array of them');
  return Array.from(frames, (frame, index) => {
    if (frame instanceof Frame) return frame.compute(id, params);
    throw failure('data', `scan: frames[${index}] is not a Frame`);
  });
}

/** The stream that `snapshot()` saved, here or in the bot. */
export function restore(snapshot) {
  running();
  const raw = RawStream.restore(bytes(snapshot, 'a snapshot'));
  return live(indicator(raw.id), raw);
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
    return this._raw.params();
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
    return output(indicator(this.id), this._raw.extend(frame._raw));
  }

  snapshot() {
    return this._raw.snapshot();
  }
}

// One class an indicator, made when first needed, so that a name is a plain getter.
const outputs = new Map();
const streams = new Map();

function output(known, raw) {
  const Class = named(outputs, Output, known, function (index) {
    return this._column(index);
  });
  return new Class(raw);
}

function live(known, raw) {
  const Class = named(streams, Stream, known, function (index) {
    return this.values[index];
  });
  return new Class(raw);
}

function named(classes, Base, { id, inputs, outputs: names }, read) {
  let Class = classes.get(id);
  if (Class === undefined) {
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
