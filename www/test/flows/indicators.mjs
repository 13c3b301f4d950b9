// Indicators: found, added, changed, hidden, removed; drawn where they belong.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { add, drawn, id, load, outputs, pixels, sheet, state } from '../harness.mjs';

/** Whether two colours are one, up to smoothing. */
const near = (one, other) => one.every((part, index) => Math.abs(part - other[index]) < 60);

export default async ({ flow, shoot, mock, files }) => {
  await flow('dragging the RSI period redraws, and says how long it took', {}, async (page, at) => {
    await load(page, at);
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
    await drawn(page);
    assert.match(await page.locator(id('legend')).innerText(), new RegExp(`RSI ${period}`));
    assert.match(await page.locator(id('took-rsi')).innerText(), /ms$/);
    await shoot(page, 'dragged');
  });

  await flow('a slider’s value is drawn with the next frame', { at: mock.url }, async (page, at) => {
    await load(page, at);
    const frames = await page.evaluate(async () => {
      const slider = document.querySelector('[data-testid=param-rsi-period]');
      const canvas = document.querySelector('[data-testid=chart] canvas');
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      await frame();
      const before = canvas.toDataURL();
      slider.value = 40;
      slider.dispatchEvent(new Event('input'));
      let count = 0;
      while (canvas.toDataURL() === before && count < 10) {
        await frame();
        count++;
      }
      return count;
    });
    // Computed in one frame, painted in it or the next.
    assert.ok(frames <= 2, `${frames} frames`);
  });

  await flow('a parameter out of bounds is explained, and the drawing stays', {}, async (page, at) => {
    await load(page, at);
    const before = await outputs(page, 'rsi');
    await page.locator(id('number-rsi-period')).fill('0');
    await page.locator(`${id('indicator-rsi')} [role=alert]`).waitFor();
    assert.match(await page.locator(`${id('indicator-rsi')} [role=alert]`).innerText(), /must be a whole number/);
    assert.equal((await outputs(page, 'rsi')).length, before.length);
  });

  await flow('an indicator is added and removed by keyboard alone', {}, async (page, at) => {
    await load(page, at);
    await page.keyboard.press('/');
    await page.keyboard.type('macd');
    await page.keyboard.press('Enter');
    await page.locator(id('indicator-macd')).waitFor();
    assert.equal((await state(page)).panes, 3);
    assert.ok((await outputs(page, 'macd')).every(Number.isFinite));
    const before = await outputs(page, 'macd');
    for (const key of ['ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    await page.waitForFunction((old) => __atra.outputs('macd')[4] !== old, before[4]);
    await page.locator(`${id('indicator-macd')} header button`).last().focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => __atra.panes === 2);
    assert.equal(await page.locator(id('indicator-macd')).count(), 0);
  });

  await flow('the search finds by id, name and group; the best match is first', {}, async (page, at) => {
    await load(page, at);
    await page.keyboard.press('/');
    const found = () => page.locator('[role=option]').evaluateAll((list) => list.map((option) => option.id.replace('option-', '')));
    const all = await found();
    assert.ok(all.length > 300 && new Set(all).size === all.length);
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

  await flow('what cannot be computed of another market is not drawn of the one before', { at: files.url }, async (page, at) => {
    await load(page, at, '?symbol=AAPL&interval=1d&i=ema');
    await page.locator(id('number-ema-period')).fill('0');
    await page.locator(id('number-ema-period')).press('Enter');
    await page.waitForFunction(() => /period/.test(document.querySelector('#side').textContent));
    assert.notEqual((await outputs(page, 'ema')).length, 0, 'until then what was right is seen');
    await page.locator(id('symbol')).selectOption('BTCUSD');
    await page.waitForFunction(() => __atra.ready && __atra.bars !== 3270);
    assert.deepEqual(await outputs(page, 'ema'), []);
  });

  await flow('every indicator of the catalogue is drawn without an error', { at: mock.url }, async (page, at) => {
    await load(page, at);
    await page.keyboard.press('/');
    await shoot(page, 'picker');
    const all = await page.locator('[role=option]').evaluateAll((list) => list.map((option) => option.id.replace('option-', '')));
    await page.keyboard.press('Escape');
    const wrong = [];
    for (let first = 0; first < all.length; first += 24) {
      const some = all.slice(first, first + 24);
      await load(page, at, `?symbol=BTCUSD&interval=4h&i=${some.join(';')}`);
      const cards = await page.locator('#indicators > article').count();
      if (cards !== some.length) wrong.push(`${cards} of ${some.length} shown: ${some}`);
      wrong.push(...(await page.locator('#indicators > article .error:visible').allTextContents()));
    }
    assert.ok(all.length > 300);
    assert.deepEqual(wrong, []);
  });

  await flow('displaced outputs and marks stand where they belong', { at: mock.url }, async (page, at) => {
    for (const name of ['ichimoku', 'alligator', 'fractal', 'supertrend', 'squeeze', 'zigzag']) {
      await load(page, at, `?symbol=BTCUSD&interval=4h&i=${name}&bars=110`);
      assert.equal(await page.locator('#indicators > article .error:visible').count(), 0, name);
      await page.waitForTimeout(200);
      await shoot(page, `drawn-${name}`);
      await page.emulateMedia({ colorScheme: 'light' });
      await page.waitForTimeout(200);
      await shoot(page, `drawn-${name}-light`);
      await page.emulateMedia({ colorScheme: 'dark' });
    }
  });

  await flow('a fractal is marked above swing highs and below swing lows, nowhere else', { at: files.url }, async (page, at) => {
    await load(page, at, '?symbol=IBM&interval=1d&i=fractal&bars=60');
    assert.equal((await state(page)).panes, 1);
    const bars = readFileSync(new URL('../../../tests/data/ibm_1d.csv', import.meta.url), 'utf8').trim().split('\n').slice(1).map((line) => line.split(',').map(Number));
    const [from] = (await state(page)).range;
    // In a window of five the middle one is above, or below, all others.
    const swings = (column, beyond) => (row) => [-2, -1, 1, 2].every((step) => beyond(bars[row][column], bars[row + step][column]));
    const rows = Array.from({ length: bars.length - 2 - Math.ceil(from) - 1 }, (_, index) => Math.ceil(from) + 1 + index);
    const mark = await sheet(page, '--line-0');
    await page.waitForTimeout(300);
    for (const [column, down, swing] of [
      [2, -9, swings(2, (one, other) => one > other)],
      [3, 9, swings(3, (one, other) => one < other)],
    ]) {
      const colours = await pixels(page, rows.map((row) => [row, bars[row][column]]), down);
      const marked = rows.filter((_, index) => near(colours[index], mark));
      assert.deepEqual(marked, rows.filter(swing));
      assert.ok(marked.length > 3);
    }
  });

  await flow('a displaced line is drawn ahead of the last bar, by as much as it says', { at: files.url }, async (page, at) => {
    await load(page, at, '?symbol=IBM&interval=1d&i=alligator');
    const [bars, jaw, colour] = [(await state(page)).bars, await outputs(page, 'alligator'), await sheet(page, '--line-0')];
    await page.waitForTimeout(300);
    // The jaw is offset by 8 bars; its last values are ahead of every candle and every other line.
    const coloured = async (places) => {
      const around = await Promise.all([-1, 0, 1].map((down) => pixels(page, places, down)));
      return places.map((_, index) => around.some((list) => near(list[index], colour)));
    };
    const ahead = jaw.slice(2).map((value, index) => [bars - 3 + index + 8, value]);
    assert.deepEqual(await coloured(ahead.slice(0, 2)), [true, true]);
    assert.deepEqual(await coloured([[bars + 8, ahead[2][1]]]), [false], 'and ends there');
  });

  await flow('an indicator is hidden and shown again', {}, async (page, at) => {
    await load(page, at);
    const before = await page.locator(id('eye-bbands')).getAttribute('aria-label');
    assert.match(before, /^Hide/);
    await page.locator(id('eye-bbands')).click();
    assert.match(await page.locator(id('eye-bbands')).getAttribute('aria-label'), /^Show/);
    await page.waitForURL(/bbands:hidden/);
    await page.locator(id('eye-bbands')).click();
    await page.waitForURL((url) => !url.href.includes('hidden'));
  });

  await flow('a choice is made from a list, and survives a reload', {}, async (page, at) => {
    await load(page, at);
    await add(page, 'ma');
    const select = page.locator(id('choice-ma-ma'));
    assert.equal(await select.inputValue(), 'sma');
    const before = await outputs(page, 'ma');
    await select.selectOption('wma');
    await page.waitForFunction((old) => __atra.outputs('ma')[0] !== old, before[0]);
    await drawn(page);
    assert.match(await page.locator(id('legend-ma')).innerText(), /WMA/);
    await page.waitForURL(/ma:ma=wma/);
    await load(page, at);
    assert.equal(await select.inputValue(), 'wma');
  });
};
