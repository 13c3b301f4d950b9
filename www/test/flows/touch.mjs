// Fingers: one moves the chart, two stretch it, one that rests reads it; the page still scrolls.
import assert from 'node:assert/strict';
import { drawn, id, load, phone, state } from '../harness.mjs';

export default async ({ flow, files }) => {
  await flow('fingers move, stretch and read the chart', { at: files.url, ...phone }, async (page, at) => {
    await load(page, at, '?symbol=BTCUSD&interval=4h&i=rsi');
    const session = await page.context().newCDPSession(page);
    const box = await page.locator(id('chart')).boundingBox();
    const touch = async (type, ...points) => {
      const touchPoints = points.map(([x, y], index) => ({ x: box.x + x, y: box.y + y, id: index }));
      await session.send('Input.dispatchTouchEvent', { type, touchPoints });
    };
    const range = async () => {
      await drawn(page);
      return (await state(page)).range;
    };
    const first = await range();

    await touch('touchStart', [80, 200]);
    for (let x = 90; x <= 280; x += 10) await touch('touchMove', [x, 200]);
    await page.waitForTimeout(200);
    await touch('touchEnd');
    const moved = await range();
    assert.ok(moved[1] < first[1] - 5, `${moved} after ${first}`);
    assert.ok(Math.abs(moved[1] - moved[0] - (first[1] - first[0])) < 0.01, 'as wide as before');

    await touch('touchStart', [140, 200], [200, 200]);
    for (let step = 1; step <= 10; step++) await touch('touchMove', [140 - 6 * step, 200], [200 + 6 * step, 200]);
    await touch('touchEnd');
    const zoomed = await range();
    assert.ok(zoomed[1] - zoomed[0] < (moved[1] - moved[0]) * 0.7, `${zoomed} after ${moved}`);

    const legend = () => page.locator(id('legend-candle')).innerText();
    const last = await legend();
    await touch('touchStart', [100, 240]);
    await page.waitForTimeout(500);
    await drawn(page);
    const rested = await legend();
    assert.notEqual(rested, last, 'a finger that rests is a crosshair');
    for (let x = 105; x <= 220; x += 5) await touch('touchMove', [x, 240]);
    await drawn(page);
    assert.notEqual(await legend(), rested, 'which moves with it');
    assert.deepEqual(await range(), zoomed, 'and the chart stays');
    await touch('touchEnd');
  });

  await flow('the page scrolls by a finger on the chart', { at: files.url, ...phone }, async (page, at) => {
    await load(page, at, '?symbol=BTCUSD&interval=4h');
    const session = await page.context().newCDPSession(page);
    const before = (await state(page)).range;
    const touch = (type, y) => session.send('Input.dispatchTouchEvent', { type, touchPoints: y === undefined ? [] : [{ x: 150, y }] });
    await touch('touchStart', 600);
    for (let y = 590; y >= 300; y -= 10) await touch('touchMove', y);
    await touch('touchEnd');
    await page.waitForFunction(() => scrollY > 100);
    assert.deepEqual((await state(page)).range, before, 'the chart stays');
  });

  await flow('a legend of many lines covers no candle', { at: files.url, ...phone }, async (page, at) => {
    await load(page, at, '?symbol=BTCUSD&interval=4h&i=ema;bbands');
    const legend = page.locator('.legend').first();
    const bottom = async () => {
      await drawn(page);
      const [box, chart] = [await legend.boundingBox(), await page.locator(id('chart')).boundingBox()];
      return box.y + box.height - chart.y;
    };
    const peak = () => page.evaluate(() => window.__atra.peak());
    const [one, low] = [await bottom(), await peak()];
    assert.ok(one > 60, `${one} pixels: several lines`);
    assert.ok(low >= one, `the highest candle at ${low}, the legend down to ${one}`);
    await page.setViewportSize({ width: 320, height: 844 });
    await page.waitForFunction((before) => document.querySelector('.legend').offsetHeight > before, one);
    const [two, lower] = [await bottom(), await peak()];
    assert.ok(lower >= two, `the highest candle at ${lower}, the legend down to ${two}`);
  });
};
