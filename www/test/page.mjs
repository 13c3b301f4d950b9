// The page in a real browser, against a running server or the stand-in.
//
//   node test/page.mjs URL | --mock CSV   [--screenshots DIR] [--no-live]
//
// URL may also come as ATRA_URL, the browser as CHROMIUM (default /usr/bin/chromium). Checks a live bar unless told
// that the server has none. Prints `N passed, M failed` at last, and fails when one did.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { serve } from './mock-server.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { mock: { type: 'string' }, screenshots: { type: 'string' }, 'no-live': { type: 'boolean' } },
});
const mock = options.mock === undefined ? undefined : await serve(options.mock);
const base = mock?.url ?? positionals[0] ?? process.env.ATRA_URL;
if (base === undefined) {
  console.error('usage: node test/page.mjs URL | --mock CSV   [--screenshots DIR] [--no-live]');
  process.exit(2);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
const [desktop, phone] = [
  { width: 1360, height: 840 },
  { width: 390, height: 844 },
];
let [passed, failed] = [0, 0];

/** Runs a flow in a browser profile of its own; nothing may be logged as an error unless it is expected. */
async function flow(name, settings, steps, expected = /(?!)/) {
  const context = await browser.newContext({ viewport: desktop, colorScheme: 'dark', ...settings });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(base) && !request.url().startsWith('data:')) complaints.push(`asked ${request.url()}`);
  });
  try {
    await steps(page);
    assert.deepEqual(complaints, []);
    passed++;
    console.log(`ok    ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAIL  ${name}\n      ${String(error.message).replaceAll('\n', '\n      ')}`);
    await shoot(page, `failed-${failed}`).catch(() => {});
  } finally {
    await context.close();
  }
}

async function shoot(page, name) {
  if (options.screenshots === undefined) return;
  mkdirSync(options.screenshots, { recursive: true });
  await page.screenshot({ path: join(options.screenshots, `${name}.png`) });
}

async function load(page, query = '') {
  await page.goto(new URL(query, base).href);
  await page.waitForFunction(() => window.__atra?.ready);
}

const id = (name) => `[data-testid="${name}"]`;
const outputs = (page, indicator) => page.evaluate((name) => window.__atra.outputs(name), indicator);
const state = (page) => page.evaluate(() => ({ bars: __atra.bars, lastTime: __atra.lastTime, panes: __atra.panes, markers: __atra.markers }));

await flow('candles, volume, overlays and the RSI pane are drawn', {}, async (page) => {
  await load(page);
  const { bars, panes } = await state(page);
  assert.ok(bars > 100, `${bars} bars`);
  assert.equal(panes, 2);
  for (const name of ['ema', 'bbands', 'rsi']) {
    await page.locator(id(`indicator-${name}`)).waitFor();
    assert.ok((await outputs(page, name)).every(Number.isFinite), name);
  }
  assert.match(await page.locator(id('legend')).innerText(), /RSI 14/);
  assert.ok(await hasColours(page), 'the chart shows candles');
  await page.waitForTimeout(400);
  await shoot(page, 'desktop-dark');
});

await flow('dragging the RSI period redraws, and says how long it took', {}, async (page) => {
  await load(page);
  const before = await outputs(page, 'rsi');
  const slider = page.locator(id('param-rsi-period'));
  const box = await slider.boundingBox();
  await page.mouse.move(box.x + box.width * 0.2, box.y + box.height / 2);
  await page.mouse.down();
  for (let part = 0.2; part < 0.8; part += 0.05) await page.mouse.move(box.x + box.width * part, box.y + box.height / 2);
  await page.mouse.up();
  await page.waitForFunction((old) => __atra.outputs('rsi')[0] !== old, before[0]);
  const period = await slider.inputValue();
  assert.notEqual(period, '14');
  assert.equal(await page.locator(id('number-rsi-period')).inputValue(), period);
  assert.match(await page.locator(id('legend')).innerText(), new RegExp(`RSI ${period}`));
  assert.match(await page.locator(id('took-rsi')).innerText(), /ms$/);
  await shoot(page, 'dragged');
});

await flow('a parameter out of bounds is explained, and the drawing stays', {}, async (page) => {
  await load(page);
  const before = await outputs(page, 'rsi');
  await page.locator(id('number-rsi-period')).fill('0');
  await page.locator(`${id('indicator-rsi')} [role=alert]`).waitFor();
  assert.match(await page.locator(`${id('indicator-rsi')} [role=alert]`).innerText(), /must be a whole number/);
  assert.equal((await outputs(page, 'rsi')).length, before.length);
});

if (!options['no-live']) {
  await flow('live bars move the chart', {}, async (page) => {
    await load(page);
    await page.locator(`${id('status')}[data-state=live]`).waitFor();
    const [price, rsi] = [await page.locator(id('last-price')).innerText(), await outputs(page, 'rsi')];
    const { lastTime } = await state(page);
    await page.waitForFunction(
      ([time, text]) => __atra.lastTime > time || document.querySelector('[data-testid=last-price]').textContent !== text,
      [lastTime, price],
    );
    await page.waitForFunction((old) => __atra.outputs('rsi').at(-1) !== old, rsi.at(-1));
  });
}

if (mock !== undefined) {
  await flow('a dropped connection comes back without a gap', {}, async (page) => {
    await load(page);
    await page.locator(`${id('status')}[data-state=live]`).waitFor();
    const { lastTime } = await state(page);
    mock.dropLive();
    await page.locator(`${id('status')}[data-state=reconnecting]`).waitFor();
    await page.locator(`${id('status')}[data-state=live]`).waitFor();
    await page.waitForFunction((time) => __atra.lastTime > time, lastTime);
    const before = await page.evaluate(() => [...__atra.outputs('ema'), __atra.bars]);
    assert.ok(before.every(Number.isFinite));
  }, /ERR_/);

  await flow('a market without candles says so', {}, async (page) => {
    await load(page);
    await page.locator(id('interval-1d')).click();
    await page.getByText('No candles of').waitFor();
    await page.locator(id('interval-4h')).click();
    await page.waitForFunction(() => __atra.bars > 100);
    assert.ok((await outputs(page, 'rsi')).every(Number.isFinite));
  });
}

await flow(
  'a bad symbol is an error that can be left',
  {},
  async (page) => {
    await page.goto(new URL('?symbol=NOPE&interval=1h', base).href);
    const notice = page.locator(`${id('notice')}[data-kind=error]`);
    await notice.waitFor();
    assert.match(await notice.innerText(), /NOPE/);
    assert.equal(await page.locator(id('status')).getAttribute('data-state'), 'error');
    const symbols = await page.locator(`${id('symbol')} option`).allTextContents();
    await page.locator(id('symbol')).selectOption(symbols.find((symbol) => symbol !== 'NOPE'));
    await page.waitForFunction(() => __atra.ready && __atra.bars > 0);
    await notice.waitFor({ state: 'hidden' });
  },
  /404/,
);

await flow(
  'a server that does not answer is said so, and tried again',
  {},
  async (page) => {
    await page.route('**/api/**', (route) => route.abort());
    await page.goto(base);
    await page.locator(`${id('notice')}[data-kind=error]`).waitFor();
    assert.equal(await page.locator(id('status')).getAttribute('data-state'), 'offline');
    await page.unroute('**/api/**');
    await page.locator(id('retry')).click();
    await page.waitForFunction(() => __atra.ready);
  },
  /ERR_FAILED/,
);

await flow('an indicator is added and removed by keyboard alone', {}, async (page) => {
  await load(page);
  await page.keyboard.press('/');
  await page.keyboard.type('macd');
  await page.keyboard.press('Enter');
  await page.locator(id('indicator-macd')).waitFor();
  assert.equal((await state(page)).panes, 3);
  assert.ok((await outputs(page, 'macd')).every(Number.isFinite));
  const before = await outputs(page, 'macd');
  for (const key of ['Tab', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
  await page.waitForFunction((old) => __atra.outputs('macd')[4] !== old, before[4]);
  await page.locator(`${id('indicator-macd')} header button`).focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => __atra.panes === 2);
  assert.equal(await page.locator(id('indicator-macd')).count(), 0);
});

await flow('the search finds by id, name and group; the best match is first', {}, async (page) => {
  await load(page);
  await page.keyboard.press('/');
  const found = () => page.locator('[role=option]').evaluateAll((list) => list.map((option) => option.id.replace('option-', '')));
  const all = await found();
  assert.ok(all.length >= 12 && new Set(all).size === all.length);
  for (const wanted of [...all.slice(0, 5), ...all.slice(-5)]) {
    await page.locator(id('picker-search')).fill(wanted);
    assert.equal((await found())[0], wanted);
  }
  await page.locator(id('picker-search')).fill('relative strength');
  assert.equal((await found())[0], 'rsi');
  await page.locator(id('picker-search')).fill('candlestick');
  const texts = await page.locator('[role=option]').allTextContents();
  const ids = await found();
  assert.ok(ids.filter((name) => name.startsWith('cdl')).length > 50);
  assert.ok(ids.every((name, index) => name.startsWith('cdl') || /candlestick/i.test(texts[index])));
  await page.locator(id('picker-search')).fill('xyzzy');
  await page.getByText('No indicator matches').waitFor();
});

await flow('the search is walked with arrows; an indicator of every group can be shown', {}, async (page) => {
  await load(page);
  await page.keyboard.press('/');
  // Every indicator is computed by the package's own tests; here the first of each group is drawn.
  const sizes = await page.locator('#picker-list > [role=group]').evaluateAll((groups) => groups.map((group) => group.querySelectorAll('[role=option]').length));
  const firsts = sizes.map((_, index) => sizes.slice(0, index).reduce((sum, size) => sum + size, 0));
  await shoot(page, 'picker');
  await page.keyboard.press('Escape');
  for (const [index, first] of firsts.entries()) {
    await page.keyboard.press('/');
    for (let step = 0; step < first; step++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('#indicators > article').nth(3 + index).waitFor();
    await page.locator(id('chart')).focus();
  }
  assert.equal(await page.locator('#indicators > article .error:visible').count(), 0);
  assert.ok((await state(page)).panes > 4);
  await page.waitForTimeout(300);
  await shoot(page, 'everything');
});

await flow('a choice is made from a list, and survives a reload', {}, async (page) => {
  await load(page);
  await page.keyboard.press('/');
  await page.keyboard.type('ma');
  await page.keyboard.press('Enter');
  const select = page.locator(id('choice-ma-ma'));
  assert.equal(await select.inputValue(), 'sma');
  const before = await outputs(page, 'ma');
  await select.selectOption('wma');
  await page.waitForFunction((old) => __atra.outputs('ma')[0] !== old, before[0]);
  assert.match(await page.locator(id('legend-ma')).innerText(), /WMA/);
  await shoot(page, 'choice');
  await load(page);
  assert.equal(await select.inputValue(), 'wma');
});

await flow('keys move and zoom the chart, and list themselves', {}, async (page) => {
  await load(page);
  await page.locator(id('chart')).focus();
  for (const key of ['Shift+ArrowLeft', '-', '-']) await page.keyboard.press(key);
  await page.getByRole('button', { name: 'Latest bar' }).waitFor();
  await page.keyboard.press('End');
  await page.getByRole('button', { name: 'Latest bar' }).waitFor({ state: 'hidden' });
  await page.keyboard.press('?');
  await page.getByText('Keyboard shortcuts').waitFor();
});

await flow('signals are marked, listed, and give their reason on hover', {}, async (page) => {
  await load(page);
  await page.waitForTimeout(300);
  const { markers } = await state(page);
  const listed = page.locator(`${id('signals')} button`);
  if (markers === 0) return assert.equal(await listed.count(), 0);
  await listed.first().click();
  const box = await page.locator(id('chart')).boundingBox();
  for (let x = box.width - 90; x > 20; x -= 3) {
    await page.mouse.move(box.x + x, box.y + 200);
    if (await page.locator(id('tooltip')).isVisible()) break;
  }
  assert.ok((await page.locator(`${id('tooltip')} .reason`).first().innerText()).length > 0);
  await shoot(page, 'signal');
});

await flow('choices survive a reload', {}, async (page) => {
  await load(page);
  await page.locator(id('number-rsi-period')).fill('21');
  await page.locator(id('theme')).click();
  await page.waitForFunction(() => document.documentElement.dataset.theme === 'light');
  await load(page);
  assert.equal(await page.locator(id('number-rsi-period')).inputValue(), '21');
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'light');
});

await flow('light by the system', { colorScheme: 'light' }, async (page) => {
  await load(page);
  await page.waitForTimeout(400);
  await shoot(page, 'desktop-light');
});

await flow('usable on a phone', { viewport: phone, deviceScaleFactor: 2, hasTouch: true, isMobile: true }, async (page) => {
  await load(page);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= phone.width, `${width} wide`);
  await page.waitForTimeout(400);
  await shoot(page, 'phone');
  await page.locator(id('add-indicator')).tap();
  await page.locator(id('option-atr')).tap();
  await page.locator(id('indicator-atr')).waitFor();
  await shoot(page, 'phone-indicators');
});

/** Whether the chart's canvases hold many colours: something is drawn. */
function hasColours(page) {
  return page.evaluate(() => {
    const colours = new Set();
    for (const canvas of document.querySelectorAll('[data-testid=chart] canvas')) {
      if (canvas.width === 0 || canvas.height === 0) continue;
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      for (let index = 0; index < data.length; index += 4 * 17) colours.add(`${data[index]},${data[index + 1]},${data[index + 2]}`);
    }
    return colours.size > 8;
  });
}

await browser.close();
await mock?.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
