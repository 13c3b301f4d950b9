// What runs in the worker: the package, told what to do by messages.
import { Frame } from './api.js';
import { combinations, failure } from './core.js';

const inNode = typeof process === 'object' && process.versions?.node !== undefined && typeof self === 'undefined';
const port = inNode ? await nodePort() : self;
const listen = (heard) => (inNode ? port.on('message', heard) : port.addEventListener('message', ({ data }) => heard(data)));
const frames = new Map();
const cancelled = new Set();
let next = 0;

async function nodePort() {
  const threads = 'node:worker_threads'; // not for bundlers to look for
  return (await import(/* webpackIgnore: true */ /* @vite-ignore */ threads)).parentPort;
}

const tasks = {
  async init([wasm]) {
    if (inNode) {
      const node = './node.js'; // not for bundlers to look for
      await import(/* webpackIgnore: true */ /* @vite-ignore */ node);
    } else {
      const { init } = await import('./index.js');
      await init(wasm);
    }
  },

  frame([columns]) {
    const bytes = columns instanceof Uint8Array || columns instanceof ArrayBuffer;
    const frame = bytes ? Frame.decode(columns) : Frame.from(columns);
    frames.set(++next, frame);
    return { number: next, length: frame.length };
  },

  compute([frame, id, params]) {
    return columns(frameOf(frame).compute(id, params));
  },

  async sweep([number, id, ranges], call, post) {
    const frame = frameOf(number);
    const all = combinations(ranges);
    const results = [];
    let shown = performance.now();
    for (const params of all) {
      results.push({ params, output: columns(frame.compute(id, params)) });
      if (performance.now() - shown < 16) continue;
      shown = performance.now();
      post({ id: call, progress: { done: results.length, total: all.length } });
      // Messages are looked at: one may say that nobody wants the result any more.
      await new Promise((resolve) => setTimeout(resolve));
      if (cancelled.delete(call)) return [];
    }
    return results;
  },

  free([number]) {
    frames.get(number)?.free();
    frames.delete(number);
  },
};

function frameOf(number) {
  const frame = frames.get(number);
  if (frame === undefined) throw failure('closed', 'this frame was freed');
  return frame;
}

/** Every output's values by name, out of the module's memory: shared where the page may share memory. */
function columns(output) {
  const values = Object.fromEntries(output.outputs.map((name) => [name, copied(output[name])]));
  const { length, lookback } = output;
  output.free();
  return { length, lookback, values };
}

function copied(column) {
  if (!globalThis.crossOriginIsolated) return column.slice();
  const shared = new Float64Array(new SharedArrayBuffer(column.byteLength));
  shared.set(column);
  return shared;
}

/** The memory that changes hands with a result. */
function transferred(result, found = new Set()) {
  if (ArrayBuffer.isView(result)) {
    if (result.buffer instanceof ArrayBuffer) found.add(result.buffer);
  } else if (result !== null && typeof result === 'object') {
    for (const part of Object.values(result)) transferred(part, found);
  }
  return found;
}

listen(async ({ id, what, args, cancel }) => {
  if (cancel) {
    cancelled.add(id);
    return;
  }
  try {
    const result = await tasks[what](args, id, (message) => port.postMessage(message));
    port.postMessage({ id, result }, [...transferred(result)]);
  } catch (error) {
    port.postMessage({ id, error: { code: error.code ?? 'closed', message: error.message } });
  }
});
