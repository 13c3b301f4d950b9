import type { ByOutput, Columns, IndicatorId, Params, Ranges } from './index.js';

/** What may be said about a call. */
export interface CallOptions {
  /** Gives the call up: it is rejected with the signal's reason, and the worker goes on to what is next. */
  signal?: AbortSignal;
}

/** What may be said about a long call. */
export interface LongCallOptions extends CallOptions {
  /** Told now and then how much is done. */
  onProgress?: (done: number, total: number) => void;
}

/** What an indicator computed: arrays of one's own, in shared memory where the page is cross-origin isolated. */
export interface Computed<Id extends IndicatorId = IndicatorId> {
  readonly length: number;
  /** How many leading rows are NaN on data without gaps. */
  readonly lookback: number;
  readonly values: ByOutput<Id, Float64Array>;
}

/** A frame in the worker's memory. */
export interface RemoteFrame {
  readonly length: number;
  /** Computes an indicator over the whole frame. */
  compute<Id extends IndicatorId>(id: Id, params?: Params<Id>, options?: CallOptions): Promise<Computed<Id>>;
  /** Computes it with every combination of parameters. */
  sweep<Id extends IndicatorId>(
    id: Id,
    ranges: Ranges<Id>,
    options?: LongCallOptions,
  ): Promise<{ params: Params<Id>; output: Computed<Id> }[]>;
  /** Gives the frame's memory back. */
  free(): Promise<void>;
}

/** A worker with the module in it. */
export interface Remote {
  /** A frame of these columns, or of what `encode()` or the bot wrote. Columns in shared memory are not copied twice. */
  frame(columns: Columns | Uint8Array | ArrayBuffer): Promise<RemoteFrame>;
  /** Ends the worker; what was asked of it is rejected. */
  terminate(): void;
}

/**
 * Starts a worker and loads the module in it. Needs no `init()` on the page.
 *
 * @param options where the `.wasm` is, when it is not beside this package's code.
 */
export function spawn(options?: { wasm?: string | URL }): Promise<Remote>;
