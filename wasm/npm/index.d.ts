/// <reference lib="esnext.disposable" />
import type { Catalog } from './catalog.js';

export type { Catalog };

/** An indicator's id: `'rsi'`, `'macd'`, … */
export type IndicatorId = keyof Catalog;
/**
 * An indicator's parameters by name; those left out keep their defaults. Of an id that is not known when compiling,
 * any names and values: they are checked when it runs.
 */
export type Params<Id extends IndicatorId> = IndicatorId extends Id
  ? Readonly<Record<string, number | string>>
  : Catalog[Id]['params'] & CommonParams;

/** Parameters every indicator has beside its own. */
export interface CommonParams {
  /** Whose way of starting an average is followed where platforms differ; default `'talib'`. */
  convention?: 'talib' | 'tradingview' | 'wilder';
  /**
   * What NaN in an input does, default `'skip'`: it is skipped and the next bar continues; refused with an error; or
   * what follows warms up anew.
   */
  gaps?: 'skip' | 'reject' | 'recover';
}

/** The names of an indicator's outputs. */
export type OutputName<Id extends IndicatorId> = Catalog[Id]['outputs'];

/** A value by the name of each output; of an id that is not known when compiling, by those that its indicator has. */
export type ByOutput<Id extends IndicatorId, Value> = IndicatorId extends Id
  ? { readonly [Name in OutputName<Id>]?: Value }
  : { readonly [Name in OutputName<Id>]: Value };

/** A bar of market data. */
export interface Bar {
  /** When it opened, in milliseconds since 1970 UTC. */
  time: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}

/** What a stream of this indicator reads of a bar; of an id that is not known when compiling, a bar. */
export type Inputs<Id extends IndicatorId> = IndicatorId extends Id
  ? Bar & { periods?: number }
  : Record<Catalog[Id]['inputs'], number> & Partial<Bar>;

/** Columns for a frame: `time`, those of a bar, and any others. */
export interface Columns {
  /** Opening times in milliseconds, strictly increasing. */
  time: NumberArray;
  [name: string]: NumberArray;
}

/** Numbers in a row: an array or a typed array. */
export type NumberArray =
  | readonly number[]
  | Float64Array
  | Float32Array
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/** What every error of this package is: a one-line sentence for people, and a code for programs. */
export interface AtraError extends Error {
  name: 'AtraError';
  /** `closed`: freed, or not loaded yet; `memory`: there is none left until something is freed. */
  code: 'parameter' | 'data' | 'not_found' | 'format' | 'closed' | 'memory';
}

/** What owns a piece of wasm memory. The garbage collector frees it at last; `free()` or `using` do at once. */
interface Handle {
  /** Gives the memory back. Its views must not be read afterwards; `slice()` what has to outlive it. */
  free(): void;
  [Symbol.dispose](): void;
}

/**
 * Loads the WebAssembly module; everything else throws until it has. In Node it is loaded on import.
 *
 * @param source where the `.wasm` is, when it is not beside this package's code: an address, a response, its
 * bytes, or a compiled module.
 */
export function init(
  source?: string | URL | Request | Response | Promise<Response> | BufferSource | WebAssembly.Module,
): Promise<void>;

/** Market data in wasm memory: filled once, appended to, computed on many times without copying. */
export declare class Frame implements Handle {
  private constructor();
  /** A frame of these columns, all of one length. NaN is a gap. `readCandles` of `atra-wasm/csv` reads them from CSV text. */
  static from(columns: Columns): Frame;
  /** The frame that `encode()` or the bot wrote. */
  static decode(data: Uint8Array | ArrayBuffer): Frame;
  /** A frame of no candles yet. */
  static empty(): Frame;

  /** How many bars. */
  readonly length: number;
  /** The names of the columns beside `time`. */
  readonly columns: string[];
  /** The opening times: a view, to be asked for again after `push`. */
  readonly time: Float64Array;
  /** A column: a view, to be asked for again after `push`. */
  column(name: string): Float64Array;
  /** Appends a bar, later than the last. */
  push(bar: Bar): void;
  /** Replaces the bar still forming: the last one, of the same time. */
  replaceLast(bar: Bar): void;
  /** The last `rows` bars as a frame of their own. */
  tail(rows: number): Frame;
  /**
   * Drops bars from the front, now and as new ones come, so that a frame which follows the market stays small: at least
   * `rows` are kept, and fewer than twice as many.
   */
  keep(rows: number): void;
  /** The frame as bytes, for the bot or for later. */
  encode(): Uint8Array;
  /** Computes an indicator over the whole frame. */
  compute<Id extends IndicatorId>(id: Id, params?: Params<Id>): Output<Id>;
  /**
   * Computes an indicator with every combination of parameters: `frame.sweep('rsi', { period: { from: 5, to: 30 } })`.
   */
  sweep<Id extends IndicatorId>(id: Id, ranges: Ranges<Id>): { params: Params<Id>; output: Output<Id> }[];
  /** Keeps indicators up to date with this frame, all of them by one call a tick. */
  watch<Id extends IndicatorId>(list: readonly WatchedOf<Id>[]): Watch;

  free(): void;
  [Symbol.dispose](): void;
}

/** For each parameter one value, several, or all from one to another (`step` apart, 1 if left out). */
export type Ranges<Id extends IndicatorId> = {
  readonly [Name in keyof Params<Id>]: Range<Params<Id>[Name]>;
};

type Range<Value> =
  | Value
  | Iterable<Exclude<Value, undefined>>
  | { readonly from: number; readonly to: number; readonly step?: number };

/** An indicator to watch; of an id that is not known when compiling, parameters are checked when it runs. */
export type Watched<Id extends IndicatorId = IndicatorId> = IndicatorId extends Id
  ? { readonly id: Id; readonly params?: Params<Id> }
  : { readonly [Each in Id]: { readonly id: Each; readonly params?: Params<Each> } }[Id];

/** The same where the compiler is to find out the ids. */
export type WatchedOf<Id extends IndicatorId> = { readonly id: Id } & Watched<Id>;

/**
 * Live indicators over one frame. A tick costs one call, no object and no garbage:
 *
 * ```js
 * const watch = frame.watch([{ id: 'rsi' }, { id: 'macd', params: { fast: 8 } }]);
 * const values = watch.update(bar); // appends the bar to the frame, or replaces the last one of the same time
 * values[watch.items[1].offset]; // macd
 * ```
 */
export interface Watch extends Handle {
  readonly frame: Frame;
  /** What is watched, in order: its outputs stand in `values` from `offset` on. */
  readonly items: readonly {
    readonly id: IndicatorId;
    readonly outputs: readonly string[];
    readonly offset: number;
  }[];
  /** All outputs of the last bar, packed: one view, overwritten by every bar. NaN while warming up. */
  readonly values: Float64Array;
  /**
   * Takes a bar: appends it to the frame if it is later than the last one, replaces the last one if it is of the same
   * time. Indicators that missed bars pushed to the frame itself, or the last one's change, catch up. Returns `values`;
   * throws if the frame refuses the bar, or has dropped one that was missed (see `keep`: a new watch is needed then), and
   * nothing has changed.
   */
  update(bar: Bar): Float64Array;
}

interface OutputHandle<Id extends IndicatorId> extends Handle {
  /** The frame's length: row `i` belongs to bar `i`. */
  readonly length: number;
  /** How many leading rows are NaN on data without gaps. */
  readonly lookback: number;
  /** The outputs' names, in order. */
  readonly outputs: readonly OutputName<Id>[];
  /** How many bars later (or earlier, if negative) than its bar a chart draws each output. */
  readonly displacements: readonly number[];
  /** The outputs in that order. */
  readonly values: Float64Array[];
}

/**
 * What an indicator computed: each output by its name, as a view of wasm memory.
 *
 * A view held across other calls is detached (its length becomes 0) when wasm memory grows; the property always
 * gives a valid one.
 */
export type Output<Id extends IndicatorId = IndicatorId> = OutputHandle<Id> & ByOutput<Id, Float64Array>;

interface StreamHandle<Id extends IndicatorId> extends Handle {
  readonly id: Id;
  /** What it reads of a bar, in order. */
  readonly inputs: readonly Catalog[Id]['inputs'][];
  /** The outputs' names, in order. */
  readonly outputs: readonly OutputName<Id>[];
  /** All its parameters. */
  readonly params: Required<Catalog[Id]['params']> & Pick<CommonParams, 'gaps'>;
  /** How many bars it has taken. */
  readonly bars: number;
  /** How many leading values are NaN on data without gaps. */
  readonly lookback: number;
  /** The last bar's outputs in order, NaN while warming up: one view, overwritten by every bar. */
  readonly values: Float64Array;
  /** Takes the next bar and returns `values`. */
  update(bar: Inputs<Id>): Float64Array;
  /** Takes the last bar again with new values, as often as it changes while forming; nothing drifts. */
  replace(bar: Inputs<Id>): Float64Array;
  /** What `update` would return, without taking the bar: a view of its own, overwritten by the next peek. */
  peek(bar: Inputs<Id>): Float64Array;
  /** Takes every bar of a frame, faster than one by one, and returns their outputs. */
  extend(frame: Frame): Output<Id>;
  /** Everything needed to go on later, elsewhere; `restore` and the bot read it. */
  snapshot(): Uint8Array;
}

/** An indicator that follows the market bar by bar; each output's last value by its name. */
export type Stream<Id extends IndicatorId = IndicatorId> = StreamHandle<Id> & ByOutput<Id, number>;

/** A live indicator before its first bar. */
export function stream<Id extends IndicatorId>(id: Id, params?: Params<Id>): Stream<Id>;

/** The same indicator over many frames. */
export function scan<Id extends IndicatorId>(frames: Iterable<Frame>, id: Id, params?: Params<Id>): Output<Id>[];

/** The stream that `snapshot()` saved, here or in the bot. */
export function restore<Id extends IndicatorId = IndicatorId>(snapshot: Uint8Array | ArrayBuffer): Stream<Id>;

/**
 * How a chart draws an output. `direction` is not drawn: +1 or −1, it colours the lines beside it; nor is `hidden`, a
 * number on a scale of its own.
 */
export type Plot =
  | 'line'
  | 'upper'
  | 'lower'
  | 'histogram'
  | 'pattern'
  | 'mark_above'
  | 'mark_below'
  | 'direction'
  | 'hidden';

/** A parameter: what it means and what it may be. */
export type ParamSpec = NumberParam | ChoiceParam;

/** A parameter that is a number. */
export interface NumberParam {
  readonly name: string;
  readonly summary: string;
  readonly type: 'int' | 'float';
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

/** A parameter that is one of several names. */
export interface ChoiceParam {
  readonly name: string;
  readonly summary: string;
  readonly type: 'choice';
  readonly default: string;
  /** TA-Lib's numbers for the names, which are taken too, lie between these. */
  readonly min: number;
  readonly max: number;
  readonly choices: readonly string[];
}

/** An output: its name and how a chart draws it. */
export interface OutputSpec {
  readonly name: string;
  readonly plot: Plot;
  /** Drawn later (`sign` 1) or earlier (−1) than its bar, by as many bars as the parameter says. */
  readonly displacement?: { readonly param: string; readonly sign: 1 | -1 };
}

/** What an indicator says of itself. */
export interface IndicatorSpec {
  readonly id: IndicatorId;
  readonly name: string;
  readonly summary: string;
  readonly group: string;
  /** Whether it is drawn over the candles, on the price's scale. */
  readonly overlay: boolean;
  readonly inputs: readonly string[];
  readonly params: readonly ParamSpec[];
  readonly outputs: readonly OutputSpec[];
  /** Where, on finite input, an output after the warm-up is still NaN or infinite; left out when nowhere. */
  readonly undefined?: string;
  /** What of its last rows changes with bars still to come, as a chart reads them; the numbers in a row never do. */
  readonly repaints_by?: string;
  /** The parameters a convention sets. */
  readonly conventions?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The TA-Lib function that gives the same numbers. */
  readonly talib: { readonly function: string; readonly params: Readonly<Record<string, string>> } | null;
}

/**
 * Every indicator, described: enough to build a menu, a form and a chart from. Needs no `init()`; a bundler leaves the
 * descriptions out of a page that does not call it.
 */
export function catalog(): readonly IndicatorSpec[];
