// Entry that carries the module in itself, as text: works wherever JavaScript does, and costs a third more bytes.
import load from './atra_wasm.js';
import { ready } from './core.js';
import text from './module.js';

export * from './api.js';
export { catalog } from './catalog.js';

let loading;

/** Compiles the module; there is nothing to fetch. */
export function init() {
  loading ??= load({ module_or_path: Uint8Array.from(atob(text), (char) => char.charCodeAt(0)) }).then(ready);
  return loading;
}
