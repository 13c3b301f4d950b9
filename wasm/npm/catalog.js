// Every indicator's description. A file of its own: bundlers leave it out of pages that show no menu of indicators.
import specs from './specs.js';

/** Every indicator's description, frozen. */
export function catalog() {
  return Object.isFrozen(specs) ? specs : freeze(specs);
}

function freeze(value) {
  if (value !== null && typeof value === 'object') Object.values(value).forEach(freeze);
  return Object.freeze(value);
}
