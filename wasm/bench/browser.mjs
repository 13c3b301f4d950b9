// The benchmark in Chromium, from a bundle and a server of its own.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';

const here = new URL('.', import.meta.url);
const entry = `
  import * as atra from '../pkg/index.js';
  import { bench } from './bench.mjs';
  import { talibInit } from './contenders.mjs';
  globalThis.run = async () => {
    await talibInit('/talib.wasm');
    await atra.init('/atra.wasm');
    await bench(atra, (line) => console.log(line));
  };`;
const bundle = await build({
  stdin: { contents: entry, resolveDir: here.pathname, loader: 'js' },
  bundle: true,
  format: 'esm',
  platform: 'browser',
  external: ['fs', 'path', 'node:*'],
  write: false,
  logLevel: 'error',
});
const files = {
  '/': ['text/html', '<!doctype html><script type="module" src="/bench.js"></script>'],
  '/bench.js': ['text/javascript', bundle.outputFiles[0].text],
  '/atra.wasm': ['application/wasm', await readFile(new URL('../pkg/atra_wasm_bg.wasm', here))],
  '/talib.wasm': ['application/wasm', await readFile(new URL('node_modules/talib-web/lib/talib.wasm', here))],
};
const server = createServer((request, response) => {
  const [type, body] = files[request.url] ?? ['text/plain', ''];
  // Isolated pages have finer clocks.
  const isolated = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };
  response.writeHead(type === 'text/plain' ? 404 : 200, { 'content-type': type, ...isolated }).end(body);
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
  const page = await browser.newPage();
  page.on('console', (message) => console.log(message.text()));
  page.on('pageerror', (error) => console.error(error));
  console.log(`Chromium ${browser.version()}`);
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.waitForFunction(() => typeof globalThis.run === 'function');
  await page.evaluate(() => globalThis.run());
} finally {
  await browser.close();
  server.close();
}
