// A worker that computes, so that the page never waits: frames live in its memory, results come back as arrays.
import { failure, numbers, spread } from './core.js';

/** Starts a worker and loads the module in it; see worker.d.ts. */
export async function spawn({ wasm } = {}) {
  const worker = await start();
  const remote = new Remote(worker);
  try {
    await remote.call('init', [wasm === undefined ? undefined : String(wasm)]);
  } catch (error) {
    remote.terminate();
    throw error;
  }
  return remote;
}

async function start() {
  if (typeof Worker === 'function') return new Worker(new URL('./thread.js', import.meta.url), { type: 'module' });
  const threads = 'node:worker_threads'; // not for bundlers to look for
  const { Worker: Thread } = await import(/* webpackIgnore: true */ /* @vite-ignore */ threads);
  const here = import.meta.url;
  const thread = new Thread(new URL('./thread.js', here));
  thread.addEventListener = (type, listener) =>
    thread.on(type, (data) => listener(type === 'message' ? { data } : { message: data?.message }));
  thread.unref();
  return thread;
}

/** What runs in the worker. */
class Remote {
  #worker;
  #calls = new Map();
  #next = 0;

  constructor(worker) {
    this.#worker = worker;
    worker.addEventListener('message', ({ data }) => this.#answer(data));
    worker.addEventListener('error', (event) => this.#end(`the worker failed: ${event.message ?? 'its script could not be loaded'}`));
  }

  async frame(columns) {
    const copied = columns instanceof Uint8Array || columns instanceof ArrayBuffer ? columns : copies(columns);
    const { number, length } = await this.call('frame', [copied]);
    return new RemoteFrame(this, number, length);
  }

  terminate() {
    const worker = this.#worker;
    this.#end('the worker was terminated');
    worker?.terminate();
  }

  call(what, args, { signal, onProgress } = {}) {
    if (this.#worker === undefined) return Promise.reject(failure('closed', 'the worker has ended'));
    if (signal?.aborted) return Promise.reject(signal.reason);
    const id = this.#next++;
    const answer = new Promise((resolve, reject) => this.#calls.set(id, { resolve, reject, onProgress }));
    const abort = () => {
      this.#worker?.postMessage({ id, cancel: true });
      this.#calls.get(id)?.reject(signal.reason);
      this.#calls.delete(id);
    };
    signal?.addEventListener('abort', abort, { once: true });
    this.#worker.ref?.();
    const done = () => {
      signal?.removeEventListener('abort', abort);
      if (this.#calls.size === 0) this.#worker?.unref?.();
    };
    answer.then(done, done);
    try {
      this.#worker.postMessage({ id, what, args });
    } catch (error) {
      this.#answer({ id, error: { code: 'parameter', message: `${what}: what is given must be numbers and names (${error.message})` } });
    }
    return answer;
  }

  #answer({ id, progress, result, error }) {
    const call = this.#calls.get(id);
    if (call === undefined) return; // cancelled
    if (progress !== undefined) {
      call.onProgress?.(progress.done, progress.total);
      return;
    }
    this.#calls.delete(id);
    if (error === undefined) call.resolve(result);
    else call.reject(failure(error.code, error.message));
  }

  #end(why) {
    for (const { reject } of this.#calls.values()) reject(failure('closed', why));
    this.#calls.clear();
    this.#worker = undefined;
  }
}

/** A frame in the worker's memory. */
class RemoteFrame {
  #remote;
  #number;

  constructor(remote, number, length) {
    this.#remote = remote;
    this.#number = number;
    this.length = length;
  }

  compute(id, params, options) {
    return this.#remote.call('compute', [this.#number, String(id), params], options);
  }

  async sweep(id, ranges, options) {
    return this.#remote.call('sweep', [this.#number, String(id), spread(ranges)], options);
  }

  free() {
    return this.#remote.call('free', [this.#number]);
  }
}

/** Columns as the worker may take them: shared memory is shared, everything else copied on its way. */
function copies(columns) {
  if (columns === null || typeof columns !== 'object') {
    throw failure('data', 'a frame is made from an object of columns: { time, open, high, low, close, volume }');
  }
  return Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [name, numbers(values, name)]),
  );
}
