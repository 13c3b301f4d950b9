// Entry for Node: the module is read from beside this file, so everything works at once.
import { readFileSync } from 'node:fs';
import { initSync } from './atra_wasm.js';
import { ready } from './core.js';

export * from './api.js';
export { catalog } from './catalog.js';

ready(initSync({ module: readFileSync(new URL('./atra_wasm_bg.wasm', import.meta.url)) }));

/** Nothing is left to load; here so that the same code runs in Node and in browsers. */
export function init() {
  return Promise.resolve();
}
