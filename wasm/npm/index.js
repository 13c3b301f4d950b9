// Entry for browsers and bundlers: the module is fetched, once.
import load from './atra_wasm.js';
import { hasVectors, ready } from './core.js';

export * from './api.js';
export { catalog } from './catalog.js';

let loading;

/** Loads the WebAssembly module; see index.d.ts. A failed load may be tried again. */
export function init(source) {
  loading ??= load({ module_or_path: source ?? beside() }).then(ready, (error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** The module beside this file that the engine can run; bundlers find both addresses. */
function beside() {
  return hasVectors()
    ? new URL('./atra_wasm_bg.wasm', import.meta.url)
    : new URL('./atra_wasm_scalar.wasm', import.meta.url);
}
