// Entry for browsers and bundlers: the module is fetched, once.
import load from './atra_wasm.js';
import { ready } from './core.js';

export * from './api.js';
export { catalog } from './catalog.js';

let loading;

/** Loads the WebAssembly module; see index.d.ts. A failed load may be tried again. */
export function init(source) {
  loading ??= load(source === undefined ? undefined : { module_or_path: source }).then(ready, (error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}
