// The cells of the matrix. Each gives 'good', or something that says what is not.
import { fileURLToPath } from 'node:url';
import resolve from '@rollup/plugin-node-resolve';
import * as esbuild from 'esbuild';
import { rollup } from 'rollup';
import * as vite from 'vite';
import webpack from 'webpack';

const bin = (name) => fileURLToPath(new URL(`node_modules/.bin/${name}`, import.meta.url));

/** The mean of 2 and 6. */
const COMPUTE = `Frame.from({ time: [1, 2, 3], close: [1, 2, 6] }).compute('sma', { period: 2 }).sma[2] === 4 ? 'good' : 'another value'`;

const tell = (say, from, start = 'await init();') =>
  `import { init, Frame } from '${from}';\n${start}\n${say}(${COMPUTE});\n`;

const remote = (say) => `import { spawn } from 'atra-wasm/worker';
const remote = await spawn();
const frame = await remote.frame({ time: [1, 2, 3], close: [1, 2, 6] });
const { values } = await frame.compute('sma', { period: 2 });
${say}(values.sma[2] === 4 && values.sma.length === 3 ? 'good' : 'another value');
remote.terminate();
`;

/** Needs no module. */
const csv = (say) => `import { readCandles } from 'atra-wasm/csv';
${say}(readCandles('date,open,high,low,close\\n20240131,1,3,1,2\\n').high[0] === 3 ? 'good' : 'another value');
`;

const title = '((text) => { document.title = text; })';
const html = (script, head = '') => `<!doctype html><meta charset="utf-8">${head}<script type="module" src="${script}"></script>`;

const inNode = (file, source) => async ({ directory, run }, name) => run('node', `${await directory(name, { [file]: source })}/${file}`);

/** Bundles `main.js` in a directory, then visits the page. */
const inBrowser = (source, bundle, script = 'main.js') => async (context, name) => {
  const directory = await context.directory(name, { 'index.html': html(`/${script}`), 'main.js': source });
  return context.visit((await bundle(directory, context)) ?? directory);
};

const viteBuild = async (root) => {
  await vite.build({ root, logLevel: 'error', build: { target: 'es2022', assetsInlineLimit: 0 }, worker: { format: 'es' } });
  return `${root}/dist`;
};

const viteDev = (optimizeDeps) => async (context, name) => {
  const root = await context.directory(name, { 'index.html': html('/main.js'), 'main.js': tell(title, optimizeDeps.from) });
  const server = await vite.createServer({ root, logLevel: 'error', optimizeDeps: optimizeDeps.options, cacheDir: `${root}/.vite`, server: { port: 0, host: '127.0.0.1' } });
  try {
    await server.listen();
    return await context.visit(server.resolvedUrls.local[0]);
  } finally {
    await server.close();
  }
};

const webpackBuild = (root) =>
  new Promise((done, fail) => {
    const config = { mode: 'production', context: root, entry: './main.js', output: { path: `${root}/dist`, filename: 'main.js', publicPath: '/dist/' } };
    webpack(config, (error, stats) => {
      if (error || stats.hasErrors()) fail(error ?? new Error(stats.toString('errors-only')));
      else done(undefined);
    });
  });

const esbuildBuild = async (root) => {
  await esbuild.build({ entryPoints: [`${root}/main.js`], bundle: true, format: 'esm', outdir: `${root}/dist`, loader: { '.wasm': 'file' }, publicPath: '/dist', logLevel: 'silent' });
};

const rollupBuild = async (root) => {
  const bundle = await rollup({ input: `${root}/main.js`, plugins: [resolve({ browser: true })], logLevel: 'silent' });
  await bundle.write({ dir: `${root}/dist`, format: 'es', entryFileNames: 'main.js' });
};

const withModule = (build) => async (root, { copy, work }) => {
  await build(root);
  await copy(`${work}/node_modules/atra-wasm/atra_wasm_bg.wasm`, `${root}/dist/atra_wasm_bg.wasm`);
};

/** The package as it is, in a page of its own. */
const plain = (source, { from = 'index.js', headers = {}, path } = {}) => async (context, name) => {
  const directory = await context.directory(name, {
    'index.html': html('/main.js'),
    'main.js': source.replaceAll(/'atra-wasm(\/\w+)?'/g, (_, entry) => `'/atra-wasm/${entry ? `${entry.slice(1)}.js` : from}'`),
  });
  await context.copy(`${context.work}/node_modules/atra-wasm`, `${directory}/atra-wasm`, { recursive: true });
  return context.visit(directory, path, headers);
};

const CHARTS = `
import { init, Frame } from 'atra-wasm/inline';
import * as library from 'lightweight-charts';
import * as klinecharts from 'klinecharts';
import uPlot from 'uplot';
import { follow } from 'atra-wasm/adapters/lightweight-charts';
import { templates } from 'atra-wasm/adapters/klinecharts';
import * as uplot from 'atra-wasm/adapters/uplot';

await init();
const bar = (row) => {
  const close = 100 + 10 * Math.sin(row / 5) + row / 50;
  return { time: 1_700_000_000_000 + row * 60_000, open: close - 1, high: close + 2, low: close - 2, close, volume: row };
};
const bars = Array.from({ length: 300 }, (_, row) => bar(row));
const frame = () => Frame.from(Object.fromEntries(Object.keys(bars[0]).map((name) => [name, bars.map((one) => one[name])])));
const element = () => document.body.appendChild(Object.assign(document.createElement('div'), { style: 'width: 600px; height: 400px' }));
const wrong = [];
const check = (what, good) => good || wrong.push(what);

const page = library.createChart(element());
const candles = page.addSeries(library.CandlestickSeries);
candles.setData(bars.map(({ time, ...rest }) => ({ time: time / 1000, ...rest })));
const market = frame();
const following = follow(page, library, market, [{ id: 'ema' }, { id: 'macd' }, { id: 'cdl_doji', on: candles }]);
for (let row = 300; row < 320; row++) {
  candles.update({ ...bar(row), time: bar(row).time / 1000 });
  following.update({ ...bar(row), close: bar(row).close + 1 });
  following.update(bar(row));
}
const last = following.series.map((series) => series.data().at(-1).value);
const expected = [market.compute('ema').ema.at(-1), market.compute('macd').macd.at(-1)];
check('lightweight-charts ' + last, last[0] === expected[0] && last[1] === expected[1] && page.panes().length === 2);
check('markers', following.series.length === 4);
following.remove();

for (const template of templates()) klinecharts.registerIndicator(template);
const kline = (one) => ({ timestamp: one.time, ...one });
let push;
const chart = klinecharts.init(element());
chart.setSymbol({ ticker: 'TEST' });
chart.setPeriod({ span: 1, type: 'minute' });
chart.setDataLoader({
  getBars: ({ callback }) => callback(bars.map(kline), false),
  subscribeBar: ({ callback }) => (push = callback),
});
chart.createIndicator('RSI', false);
chart.createIndicator('SUPERTREND', true);
for (let wait = 0; wait < 100 && push === undefined; wait++) await new Promise((done) => setTimeout(done, 20));
for (let row = 300; row < 320; row++) {
  push(kline({ ...bar(row), close: bar(row).close + 1 }));
  push(kline(bar(row)));
}
await new Promise((done) => setTimeout(done, 300));
const rsi = chart.getIndicators({ name: 'RSI' })[0]?.result;
const whole = frame();
for (let row = 300; row < 320; row++) whole.push(bar(row));
check('klinecharts ' + JSON.stringify(rsi?.at(-1)), rsi?.length === 320 && rsi.at(-1).rsi === whole.compute('rsi').rsi.at(-1));

const columns = uplot.follow(frame(), [{ id: 'bbands' }]);
const plot = new uPlot({ width: 600, height: 300, ms: 1, series: [{}, ...columns.names.map((label) => ({ label }))] }, columns.data(), element());
for (let row = 300; row < 320; row++) columns.update(bar(row));
plot.setData(columns.data());
await new Promise((done) => setTimeout(done, 100)); // it draws later
check('uPlot ' + [plot.data[0].length, plot.data[1][319], plot.scales.y.min, plot.scales.y.max], plot.data[0].length === 320 && plot.data[1][319] === whole.compute('bbands').upper[319] && Number.isFinite(plot.scales.y.max));
document.title = wrong.length === 0 ? 'good' : wrong.join('; ');
`;

const ISOLATED = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };
const SHARED = `import { spawn } from 'atra-wasm/worker';
const remote = await spawn();
const frame = await remote.frame({ time: [1, 2, 3], close: new Float64Array(new SharedArrayBuffer(24)) });
const { values } = await frame.compute('sma', { period: 2 });
document.title = values.sma.buffer instanceof SharedArrayBuffer && values.sma[2] === 0 ? 'good' : 'not shared';
`;

export const cells = {
  'Node, import': inNode('main.mjs', tell('console.log', 'atra-wasm')),
  'Node, require': inNode('main.cjs', `const { Frame } = require('atra-wasm');\nconsole.log(${COMPUTE});\n`),
  'Node, inline': inNode('main.mjs', tell('console.log', 'atra-wasm/inline')),
  'Node, worker': inNode('main.mjs', remote('console.log')),
  'Node, CSV': inNode('main.mjs', csv('console.log')),
  'Vite, build': inBrowser(tell(title, 'atra-wasm'), viteBuild),
  'Vite, build, inline': inBrowser(tell(title, 'atra-wasm/inline'), viteBuild),
  'Vite, build, worker': inBrowser(remote(title), viteBuild),
  'Vite, dev': viteDev({ from: 'atra-wasm', options: { exclude: ['atra-wasm'] } }),
  'Vite, dev, inline': viteDev({ from: 'atra-wasm/inline' }),
  'Vite, build, CSV': inBrowser(csv(title), viteBuild),
  webpack: inBrowser(tell(title, 'atra-wasm'), webpackBuild, 'dist/main.js'),
  'webpack, inline': inBrowser(tell(title, 'atra-wasm/inline'), webpackBuild, 'dist/main.js'),
  'webpack, worker': inBrowser(remote(title), webpackBuild, 'dist/main.js'),
  'webpack, CSV': inBrowser(csv(title), webpackBuild, 'dist/main.js'),
  'esbuild, address of the module': inBrowser(
    `import url from 'atra-wasm/atra_wasm_bg.wasm';\n${tell(title, 'atra-wasm', 'await init(url);')}`, esbuildBuild, 'dist/main.js'),
  'esbuild, module copied': inBrowser(tell(title, 'atra-wasm'), withModule(esbuildBuild), 'dist/main.js'),
  'esbuild, inline': inBrowser(tell(title, 'atra-wasm/inline'), esbuildBuild, 'dist/main.js'),
  'Rollup, module copied': inBrowser(tell(title, 'atra-wasm'), withModule(rollupBuild), 'dist/main.js'),
  'Rollup, inline': inBrowser(tell(title, 'atra-wasm/inline'), rollupBuild, 'dist/main.js'),
  'module script': plain(tell(title, 'atra-wasm')),
  'module script, inline': plain(tell(title, 'atra-wasm/inline')),
  'module script, worker': plain(remote(title)),
  'module script, CSV': plain(csv(title)),
  'strict content security policy': plain(tell(title, 'atra-wasm'), {
    headers: { 'content-security-policy': "default-src 'none'; connect-src 'self'; script-src 'self' 'wasm-unsafe-eval'" },
  }),
  'worker under a strict content security policy': plain(remote(title), {
    headers: { 'content-security-policy': "default-src 'none'; connect-src 'self'; worker-src 'self'; script-src 'self' 'wasm-unsafe-eval'" },
  }),
  'worker, cross-origin isolated': plain(SHARED, { headers: ISOLATED }),
  'lightweight-charts, klinecharts and uPlot': inBrowser(CHARTS, esbuildBuild, 'dist/main.js'),
  'a page without a menu has no descriptions': async ({ directory, read }, name) => {
    const root = await directory(name, { 'main.js': tell('console.log', 'atra-wasm') });
    for (const build of [esbuildBuild, rollupBuild, webpackBuild]) {
      await build(root);
      if ((await read(`${root}/dist/main.js`, 'utf8')).includes('Relative Strength Index')) return `${build.name} keeps them`;
    }
    return 'good';
  },
  publint: async ({ run, tarball }) => {
    const told = await run(bin('publint'), tarball, '--strict');
    return /All good/i.test(told) ? 'good' : told;
  },
  'types, as resolved by everybody': async ({ run, tarball }) => {
    // Entries but for the first are modules only, which `require` says itself.
    await run(bin('attw'), tarball, '--profile', 'node16', '--ignore-rules', 'cjs-resolves-to-esm', '--exclude-entrypoints', 'atra_wasm_bg.wasm', 'atra_wasm_scalar.wasm');
    return 'good';
  },
};
