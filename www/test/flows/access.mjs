// The page without a mouse or without eyes.
import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import { drawn, id, load, phone } from '../harness.mjs';

async function clean(page, what) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id: rule, nodes }) => `${rule}: ${nodes.map(({ target, failureSummary }) => `${target} (${failureSummary})`).join('; ')}`);
  assert.deepEqual(found, [], what);
}

export default async ({ flow, mock, files }) => {
  for (const colorScheme of ['dark', 'light']) {
    await flow(`axe finds nothing wrong, ${colorScheme}`, { at: files.url, colorScheme }, async (page, at) => {
      await load(page, at, '?symbol=BTCUSD&interval=4h');
      await page.waitForFunction(() => __atra.markers > 0);
      await page.locator(`${id('data-window')} summary`).click();
      await clean(page, 'the chart');
      await page.keyboard.press('/');
      await page.locator(id('picker-search')).fill('average');
      await clean(page, 'the search');
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await clean(page, 'the list of keys');
      await page.keyboard.press('Escape');
      await page.keyboard.press('r');
      await page.locator(id('replay-bar')).waitFor();
      await clean(page, 'replay');
      await page.locator(id('view-benchmark')).click();
      await page.locator(id('bench-run')).waitFor();
      await clean(page, 'the benchmark');
    });
  }

  await flow('axe finds nothing wrong on a phone, and where there is nothing', { at: mock.url, ...phone }, async (page, at) => {
    await load(page, at);
    await clean(page, 'the chart');
    await page.locator(id('interval-1d')).click();
    await page.getByText('No candles of').waitFor();
    await clean(page, 'no candles');
  });

  await flow('the crosshair walks by keys and says what it reads', { at: mock.url }, async (page, at) => {
    await load(page, at);
    await page.locator(id('chart')).focus();
    await page.keyboard.press('ArrowLeft');
    const first = await page.locator('#spoken').textContent();
    assert.match(first, /open .*close .*Relative Strength Index: rsi \d/);
    await page.keyboard.press('ArrowLeft');
    const second = await page.locator('#spoken').textContent();
    assert.notEqual(second, first);
    await drawn(page);
    const day = second.split('.')[0].split(' ').slice(1, 3).join(' ');
    assert.ok((await page.locator(id('legend-candle')).innerText()).includes(day));
    await page.keyboard.press('Escape');
  });

  await flow('everything is reached by Tab', { at: files.url }, async (page, at) => {
    await load(page, at, '?symbol=BTCUSD&interval=4h&i=rsi');
    const wanted = ['symbol', 'interval-4h', 'view-benchmark', 'theme', 'add-indicator', 'log', 'auto', 'fit', 'replay', 'open', 'png', 'csv', 'link', 'chart', 'zone', 'param-rsi-period', 'number-rsi-period', 'eye-rsi'];
    const seen = new Set();
    for (let press = 0; press < 60; press++) {
      await page.keyboard.press('Tab');
      const name = await page.evaluate(() => document.activeElement?.dataset.testid);
      if (name !== undefined) seen.add(name);
    }
    assert.deepEqual(wanted.filter((name) => !seen.has(name)), []);
  });
};
