// The page in a real browser, against a running server, the stand-in and plain files.
//
//   node test/page.mjs [URL] [--csv FILE] [--screenshots DIR] [--only PART_OF_A_NAME]
//
// URL may also come as ATRA_URL; without one the stand-in is taken. The browser is CHROMIUM, or /usr/bin/chromium.
// Prints `N passed, M failed` at last, and fails when one did.
import { parseArgs } from 'node:util';
import { start } from './harness.mjs';
import { serve, serveFiles } from './mock-server.mjs';
import basics from './flows/basics.mjs';
import indicators from './flows/indicators.mjs';
import live from './flows/live.mjs';
import tools from './flows/tools.mjs';
import data from './flows/data.mjs';
import access from './flows/access.mjs';
import touch from './flows/touch.mjs';
import benchmark from './flows/benchmark.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { csv: { type: 'string' }, screenshots: { type: 'string' }, only: { type: 'string' } },
});
const csv = options.csv ?? new URL('../../tests/data/btcusd_4h.csv', import.meta.url);
const mock = await serve(csv);
const files = await serveFiles(new URL('../dist-static/', import.meta.url));
const url = positionals[0] ?? process.env.ATRA_URL ?? mock.url;
const run = { ...(await start({ url, screenshots: options.screenshots, only: options.only })), mock, files };
for (const flows of [basics, indicators, live, tools, data, touch, access, benchmark]) await flows(run);
const fine = await run.end();
await mock.close();
await files.close();
process.exitCode = fine ? 0 : 1;
