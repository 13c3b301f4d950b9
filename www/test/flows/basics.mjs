// What is seen at first, and what is said when there is nothing to see.
import assert from 'node:assert/strict';
import { colours, drawing, id, load, outputs, phone, state } from '../harness.mjs';

export default async ({ flow, shoot, mock }) => {
  await flow('candles, volume, overlays and the RSI pane are drawn', {}, async (page, at) => {
    await load(page, at);
    const { bars, panes } = await state(page);
    assert.ok(bars > 100, `${bars} bars`);
    assert.equal(panes, 2);
    for (const name of ['ema', 'bbands', 'rsi']) {
      await page.locator(id(`indicator-${name}`)).waitFor();
      assert.ok((await outputs(page, name)).every(Number.isFinite), name);
    }
    assert.match(await page.locator(id('legend')).innerText(), /RSI 14/);
    assert.ok((await colours(page)) > 8, 'the chart shows candles');
    await page.waitForTimeout(700);
    await shoot(page, 'desktop-dark');
  });

  await flow('light by the system', { colorScheme: 'light' }, async (page, at) => {
    await load(page, at);
    await page.waitForTimeout(700);
    await shoot(page, 'desktop-light');
  });

  await flow('usable on a phone', { ...phone }, async (page, at) => {
    await load(page, at);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= phone.viewport.width, `${width} wide`);
    await page.waitForTimeout(700);
    await shoot(page, 'phone');
    for (const trouble of ['live', 'still', 'reconnecting', 'offline']) {
      const bar = await page.evaluate((state) => {
        const status = document.querySelector('[data-testid=status]');
        status.dataset.state = state;
        document.querySelector('#status-text').textContent = state;
        return document.querySelector('header.bar').offsetHeight;
      }, trouble);
      assert.ok(bar < 110, `${trouble}: the bar is ${bar} high`);
    }
    const box = await page.locator(id('chart')).boundingBox();
    await page.touchscreen.tap(box.x + 120, box.y + 200);
    const last = await page.locator(id('legend-candle')).innerText();
    await page.touchscreen.tap(box.x + 120, box.y + 200);
    await page.waitForFunction((text) => document.querySelector('[data-testid=legend-candle]').innerText !== text, last);
    await page.locator(id('add-indicator')).tap();
    await page.locator(id('picker-search')).fill('atr');
    await page.locator(id('option-atr')).tap();
    await page.locator(id('indicator-atr')).waitFor();
    assert.equal((await state(page)).panes, 3);
    await shoot(page, 'phone-indicators');
  });

  await flow('nothing moves about while it loads and while bars arrive', { at: mock.url }, async (page, at) => {
    await page.addInitScript(() => {
      window.shifts = [];
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shifts.push([entry.value, ...entry.sources.map(({ node }) => node?.id || node?.className || node?.nodeName)]);
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await load(page, at);
    await page.waitForTimeout(3000);
    const shifts = await page.evaluate(() => window.shifts);
    const sum = shifts.reduce((total, [value]) => total + value, 0);
    assert.ok(sum < 0.02, `layout shift ${sum}: ${JSON.stringify(shifts)}`);
  });

  await flow('a market without candles says so, and can be left', { at: mock.url }, async (page, at) => {
    await load(page, at);
    await page.locator(id('interval-1d')).click();
    await page.getByText('No candles of').waitFor();
    await page.locator(id('interval-4h')).click();
    await page.waitForFunction(() => __atra.bars > 100);
    await page.locator(id('notice')).waitFor({ state: 'hidden' });
    assert.ok((await outputs(page, 'rsi')).every(Number.isFinite));
  });

  await flow('a bad symbol is an error that can be left', { expected: /404/ }, async (page, at) => {
    await page.goto(new URL('?symbol=NOPE&interval=1h', at).href);
    const notice = page.locator(`${id('notice')}[data-kind=error]`);
    await notice.waitFor();
    assert.match(await notice.innerText(), /NOPE/);
    assert.equal(await page.locator(id('status')).getAttribute('data-state'), 'error');
    const symbols = await page.locator(`${id('symbol')} option`).allTextContents();
    await page.locator(id('symbol')).selectOption(symbols.find((symbol) => symbol !== 'NOPE'));
    await page.waitForFunction(() => __atra.ready && __atra.bars > 0);
    await notice.waitFor({ state: 'hidden' });
  });

  await flow('a server that does not answer is said so, and tried again', { expected: /ERR_FAILED/ }, async (page, at) => {
    await page.route('**/api/**', (route) => route.abort());
    await page.goto(at);
    await page.locator(`${id('notice')}[data-kind=error]`).waitFor();
    assert.equal(await page.locator(id('status')).getAttribute('data-state'), 'offline');
    await shoot(page, 'offline');
    await page.unroute('**/api/**');
    await page.locator(id('retry')).click();
    await page.waitForFunction(() => window.__atra?.ready);
  });

  await flow('symbol and interval are switched', { at: mock.url }, async (page, at) => {
    await load(page, at);
    const before = await drawing(page);
    await page.locator(id('interval-1d')).click();
    await page.waitForURL(/interval=1d/);
    await page.locator(id('symbol')).selectOption('RANDOM');
    await page.waitForFunction(() => __atra.bars === 1_000_000);
    assert.notEqual(await drawing(page), before);
    assert.match(page.url(), /./);
    await page.waitForURL(/symbol=RANDOM/);
  });
};
