// Live bars, lost connections, signals.
import assert from 'node:assert/strict';
import { id, load, outputs, state } from '../harness.mjs';

export default async ({ flow, shoot, mock }) => {
  await flow('live bars move the chart', {}, async (page, at) => {
    await load(page, at);
    await page.locator(`${id('status')}[data-state=live]`).waitFor();
    const [price, rsi] = [await page.locator(id('last-price')).innerText(), await outputs(page, 'rsi')];
    const { lastTime } = await state(page);
    await page.waitForFunction(
      ([time, text]) => __atra.lastTime > time || document.querySelector('[data-testid=last-price]').textContent !== text,
      [lastTime, price],
    );
    await page.waitForFunction((old) => __atra.outputs('rsi').at(-1) !== old, rsi.at(-1));
  });

  await flow('an answer with signals that is overtaken changes nothing', { at: mock.url }, async (page, at) => {
    let asked = 0;
    let late;
    await page.route('**/api/signals*', async (route) => {
      if (++asked > 1) return route.continue();
      await new Promise((release) => (late = release));
      await route.fulfill({ json: [] });
    });
    await load(page, at);
    // Asked again when a bar closes.
    await page.waitForFunction(() => __atra.markers > 0);
    const answered = page.waitForResponse('**/api/signals*');
    late();
    await answered;
    await page.waitForTimeout(100);
    assert.ok((await state(page)).markers > 0);
  });

  await flow('a lost connection comes back, and what was missed is there', { at: mock.url, expected: /ERR_|503/ }, async (page, at) => {
    await load(page, at);
    await page.locator(`${id('status')}[data-state=live]`).waitFor();
    const { lastTime } = await state(page);
    mock.refuseLive(true);
    mock.dropLive();
    await page.locator(`${id('status')}[data-state=reconnecting]`).waitFor();
    // Several bars open and close unseen.
    await page.waitForTimeout(7000);
    assert.equal((await state(page)).lastTime <= mock.lastTime(), true);
    mock.refuseLive(false);
    await page.locator(`${id('status')}[data-state=live]`).waitFor();
    await page.waitForFunction((time) => __atra.lastTime >= time + 3 * 4 * 3_600_000, lastTime);
    const times = await page.evaluate(() => __atra.times());
    const wanted = mock.times().filter((time) => time >= times[0] && time <= times.at(-1));
    assert.deepEqual(times, wanted, 'the bars are the server’s, without a gap');
    assert.ok((await outputs(page, 'ema')).every(Number.isFinite));
  });

  await flow('a connection that says nothing is given up', { at: mock.url, expected: /ERR_/ }, async (page, at) => {
    await page.clock.install();
    await page.goto(new URL('?symbol=BTCUSD&interval=1d', at).href);
    // No bars come on this one, and the stand-in sends no signs of life.
    await page.locator(`${id('status')}[data-state=live]`).waitFor();
    await page.clock.fastForward(39_000);
    assert.equal(await page.locator(id('status')).getAttribute('data-state'), 'live');
    await page.clock.fastForward(2_000);
    await page.locator(`${id('status')}[data-state=reconnecting]`).waitFor();
    await page.clock.fastForward(1_000);
    await page.locator(`${id('status')}[data-state=live]`).waitFor();
  });

  await flow('without a network the page says so, and goes on when it is back', { at: mock.url, expected: /ERR_/ }, async (page, at) => {
    await load(page, at);
    await page.locator(`${id('status')}[data-state=live]`).waitFor();
    await page.context().setOffline(true);
    await page.locator(`${id('status')}[data-state=offline]`).waitFor();
    assert.ok((await state(page)).bars > 0, 'what is seen stays');
    await page.waitForTimeout(2500);
    await page.context().setOffline(false);
    await page.locator(`${id('status')}[data-state=live]`).waitFor();
    await page.waitForTimeout(1000);
    const times = await page.evaluate(() => __atra.times());
    assert.deepEqual(times, mock.times().filter((time) => time >= times[0] && time <= times.at(-1)));
  });

  await flow('older candles are loaded when they are looked for', { at: mock.url }, async (page, at) => {
    await load(page, at);
    const { bars } = await state(page);
    assert.ok(bars >= 10_000 && bars < 10_100, `${bars} bars at first`);
    await page.locator(id('chart')).focus();
    await page.keyboard.press('Home');
    // More than the few that arrive meanwhile.
    await page.waitForFunction((before) => __atra.bars > before + 1000, bars);
    const times = await page.evaluate(() => __atra.times());
    assert.deepEqual(times, mock.times().filter((time) => time <= times.at(-1)));
    assert.ok((await outputs(page, 'rsi')).every(Number.isFinite));
  });

  await flow('signals are marked, listed, and give their reason on hover', {}, async (page, at) => {
    await load(page, at);
    await page.waitForFunction(() => __atra.markers > 0);
    const listed = page.locator(`${id('signals')} button`);
    await listed.first().click();
    await page.locator(id('tooltip')).waitFor();
    assert.ok((await page.locator(`${id('tooltip')} .reason`).first().innerText()).length > 0);
    await page.keyboard.press('Escape');
    const box = await page.locator(id('chart')).boundingBox();
    let seen = false;
    for (let x = box.width - 90; x > 20 && !seen; x -= 3) {
      await page.mouse.move(box.x + x, box.y + 200);
      seen = await page.locator(id('tooltip')).isVisible();
    }
    assert.ok(seen, 'a signal is under the pointer somewhere');
    await shoot(page, 'signal');
  });
};
