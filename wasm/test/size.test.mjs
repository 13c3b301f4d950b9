// What a page downloads, in gzipped bytes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

const size = (...names) =>
  names.reduce((sum, name) => sum + gzipSync(readFileSync(new URL(`../pkg/${name}`, import.meta.url)), { level: 9 }).length, 0);

const budgets = {
  'the module, with every indicator': [250_000, 'atra_wasm_bg.wasm'],
  'the same for engines without vectors': [256_000, 'atra_wasm_scalar.wasm'],
  'the code beside it': [14_000, 'index.js', 'api.js', 'core.js', 'atra_wasm.js'],
  'the descriptions': [31_000, 'specs.js', 'catalog.js'],
  'an adapter': [3_000, 'adapters/lightweight-charts.js', 'adapters/history.js'],
};

for (const [what, [budget, ...names]] of Object.entries(budgets)) {
  test(`${what}: ${budget} bytes at most`, (context) => {
    const bytes = size(...names);
    context.diagnostic(`${bytes} bytes`);
    assert.ok(bytes <= budget, `${bytes} bytes`);
  });
}
