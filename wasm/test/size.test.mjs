// What a page downloads, in gzipped bytes.
//
// `size-limit` bundles with esbuild and weighs what comes out. So does this, with the esbuild that builds the package, and it
// weighs the modules too, which no bundle contains: they are fetched when the page runs. One list of budgets, in `npm test`.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const pkg = new URL('../pkg/', import.meta.url);
const size = (bytes) => gzipSync(bytes, { level: 9 }).length;
const file = (name) => () => size(readFileSync(new URL(name, pkg)));

/** What a bundler makes of these lines. */
const bundle = (contents) => async () => {
  const stdin = { contents, resolveDir: fileURLToPath(pkg), loader: 'js' };
  const { outputFiles } = await build({ stdin, bundle: true, minify: true, format: 'esm', write: false, logLevel: 'error' });
  return size(outputFiles[0].contents);
};

const budgets = {
  'the module, with every indicator': [250_000, file('atra_wasm_bg.wasm')],
  'the same for engines without vectors': [256_000, file('atra_wasm_scalar.wasm')],
  'the code beside it': [7_000, bundle("import { init, Frame } from './index.js'; init().then(() => Frame.empty());")],
  'the descriptions': [31_000, bundle("export { catalog } from './index.js';")],
  'a worker': [2_000, bundle("export { spawn } from './worker.js';")],
  'the reader of CSV, alone': [2_500, bundle("export { readCandles } from './csv.js';")],
  'an adapter, with the descriptions that it draws by': [32_000, bundle("export * from './adapters/lightweight-charts.js';")],
};

for (const [what, [budget, weigh]] of Object.entries(budgets)) {
  test(`${what}: ${budget} bytes at most`, async (context) => {
    const bytes = await weigh();
    context.diagnostic(`${bytes} bytes`);
    assert.ok(bytes <= budget, `${bytes} bytes`);
  });
}
