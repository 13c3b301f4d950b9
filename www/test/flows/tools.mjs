// Scale, zone, replay, layout, pictures and tables.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { add, drawing, drawn, id, load, outputs, state } from '../harness.mjs';

const pressed = (page, name) => page.locator(id(name)).getAttribute('aria-pressed');

export default async ({ flow, shoot, mock, files }) => {
  await flow('a logarithmic scale, fitted or held', { at: files.url }, async (page, at) => {
    await load(page, at, '?symbol=BTCUSD&interval=1d');
    await page.locator(id('fit')).click();
    await drawn(page);
    const linear = await drawing(page);
    await page.locator(id('log')).click();
    await drawn(page);
    assert.equal(await pressed(page, 'log'), 'true');
    assert.notEqual(await drawing(page), linear);
    const [y1, y2, y3] = await page.evaluate(() => [5_000, 10_000, 20_000].map((price) => __atra.place(0, price)[1]));
    assert.ok(Math.abs(y1 - y2 - (y2 - y3)) < 1e-6 && y1 > y2, 'doubling is the same distance everywhere');
    await shoot(page, 'log');
    await page.waitForURL(/log=1/);
    await page.keyboard.press('l');
    // The axis may take a frame more to be as wide as it was.
    await page.waitForFunction((wanted) => document.querySelector('[data-testid=chart] canvas').toDataURL() === wanted, linear);
    // Dragged by its axis the scale is held, and fitted again at a double click.
    const box = await page.locator(id('chart')).boundingBox();
    const axis = [box.x + box.width - 20, box.y + 200];
    await page.mouse.move(...axis);
    await page.mouse.down();
    await page.mouse.move(axis[0], axis[1] + 90, { steps: 4 });
    await page.mouse.up();
    await drawn(page);
    assert.equal(await pressed(page, 'auto'), 'false');
    await page.mouse.dblclick(...axis);
    await drawn(page);
    assert.equal(await pressed(page, 'auto'), 'true');
  });

  await flow('the price axis says exactly where its lines are', { at: files.url }, async (page, at) => {
    for (const query of ['?symbol=AAPL&interval=1d&i=rsi', '?symbol=US500&interval=1m&i=rsi', '?symbol=BTCUSD&interval=4h&i=rsi&log=1']) {
      await load(page, at, query);
      const [box, seen] = [await page.locator(id('chart')).boundingBox(), new Set()];
      for (let step = 0; step < 24; step++) {
        const labels = await page.evaluate(() => __atra.labels());
        assert.ok(labels.length > 1, `${labels.length} labels`);
        for (const [text, value] of labels) {
          assert.ok(Math.abs(Number(text.replaceAll(',', '').replace('−', '-')) - value) < 1e-9 * Math.max(1, Math.abs(value)), `${text} at ${value}`);
        }
        seen.add(labels[1][1] - labels[0][1]);
        // Stretched and squeezed by its axis.
        await page.mouse.move(box.x + box.width - 20, box.y + 200);
        await page.mouse.down();
        await page.mouse.move(box.x + box.width - 20, box.y + 200 + (step < 8 ? 40 : -45), { steps: 2 });
        await page.mouse.up();
        await drawn(page);
      }
      assert.ok(seen.size > 4, `${[...seen]}`);
    }
  });

  await flow('a span of time is shown, loaded when it is not there yet', { at: mock.url }, async (page, at) => {
    await load(page, at);
    const [start, year] = [(await state(page)).bars, 365.25 * 86_400_000];
    await page.locator(id('span-3M')).click();
    const seen = async () => {
      await drawn(page);
      return page.evaluate(() => {
        const times = __atra.times();
        const inside = times.filter((_, row) => row > __atra.range[0] && row < __atra.range[1]);
        return inside.at(-1) - inside[0];
      });
    };
    const months = await seen();
    assert.ok(Math.abs(months / ((91.3 / 365.25) * year) - 1) < 0.1, `${months / 86_400_000} days`);
    await page.locator(id('span-1Y')).click();
    assert.ok((await seen()) > 0.9 * year);
    assert.ok((await state(page)).bars < start + 100);
    await page.locator(id('fit')).click();
    await page.waitForFunction((bars) => __atra.bars > bars + 3000, start);
    await page.waitForFunction(() => __atra.range[0] <= 0);
  });

  await flow('times are those of the chosen zone', { at: files.url }, async (page, at) => {
    await load(page, at, '?symbol=US500&interval=1m');
    const legend = page.locator(id('legend-candle'));
    const last = await page.evaluate(() => __atra.lastTime);
    const shown = (timeZone) => new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(last);
    await page.waitForFunction((text) => document.querySelector('[data-testid=legend-candle]')?.innerText.includes(text), shown('UTC'));
    for (const zone of ['America/New_York', 'Asia/Tokyo', 'Australia/Adelaide']) {
      await page.locator(id('zone')).selectOption(zone);
      await drawn(page);
      assert.ok((await legend.innerText()).includes(shown(zone)), `${zone}: ${await legend.innerText()}`);
    }
    await page.waitForURL(/tz=Australia\/Adelaide/);
  });

  await flow('replay: bars form again, one after the other, and signals with them', { at: files.url }, async (page, at) => {
    await load(page, at, '?symbol=BTCUSD&interval=4h&i=rsi');
    const whole = await state(page);
    await page.waitForFunction(() => __atra.markers > 0);
    const { markers } = await state(page);
    await page.locator(id('replay')).click();
    await page.locator(id('replay-bar')).waitFor();
    const start = await state(page);
    assert.ok(start.bars < whole.bars && start.lastTime < whole.lastTime);
    assert.ok(start.markers < markers, 'signals to come are not shown');
    assert.equal(await page.locator(id('status')).getAttribute('data-state'), 'replay');
    await page.locator(id('replay-step')).click();
    assert.equal((await state(page)).bars, start.bars + 1);
    // A forming bar changes its price under one time.
    await page.locator(id('replay-speed')).selectOption('0.5');
    await page.locator(id('replay-play')).click();
    const prices = await page.evaluate(async () => {
      const seen = new Map();
      for (let frame = 0; frame < 150; frame++) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        const time = __atra.lastTime;
        seen.set(time, (seen.get(time) ?? new Set()).add(__atra.outputs('rsi').at(-1)));
      }
      return [...seen.values()].map((values) => values.size);
    });
    assert.ok(Math.max(...prices) > 3, `values a bar: ${prices}`);
    await page.locator(id('replay-place')).fill('14000');
    await page.locator(id('replay-speed')).selectOption('25');
    await page.waitForFunction(() => __atra.bars > 14_010);
    await shoot(page, 'replay');
    await page.locator(id('replay-play')).click();
    // What was replayed up to here is what the whole series has here.
    await page.locator(id('replay-step')).click();
    const [bars, replayed] = [(await state(page)).bars, await outputs(page, 'rsi')];
    await page.locator(id('replay-place')).fill(String(bars));
    await drawn(page);
    assert.deepEqual(await outputs(page, 'rsi'), replayed);
    await page.locator(id('replay-end')).click();
    await page.waitForFunction((count) => __atra.bars === count, whole.bars);
    assert.equal((await state(page)).markers, markers);
  });

  await flow('replay to the end stops there', { at: files.url }, async (page, at) => {
    await load(page, at, '?symbol=AAPL&interval=1d&i=ema');
    const { bars } = await state(page);
    const before = await outputs(page, 'ema');
    await page.keyboard.press('r');
    await page.locator(id('replay-place')).fill(String(bars - 5));
    await page.locator(id('replay-speed')).selectOption('100');
    await page.locator(id('replay-play')).click();
    await page.getByRole('button', { name: 'Ended' }).waitFor();
    assert.equal((await state(page)).bars, bars);
    assert.deepEqual(await outputs(page, 'ema'), before);
  });

  await flow('an address leads to bars that are not loaded at first', { at: mock.url, expected: /ERR_FAILED/ }, async (page, at) => {
    const [end, bars] = [1_510_000_000_000, 300];
    const address = new URL(`?symbol=BTCUSD&interval=4h&bars=${bars}&end=${end}`, at).href;
    // While candles cannot be had, the address stays; asked again, it is what is shown.
    await page.route('**/api/candles*', (route) => route.abort());
    await page.goto(address);
    await page.locator(id('retry')).waitFor();
    await page.waitForTimeout(600);
    assert.match(page.url(), new RegExp(`bars=${bars}&end=${end}`));
    await page.unroute('**/api/candles*');
    await page.locator(id('retry')).click();
    await page.waitForFunction((end) => window.__atra?.ready && Math.abs(__atra.times()[Math.round(__atra.range[1])] - end) < 5 * 14_400_000, end);
    const { range } = await state(page);
    assert.ok(Math.abs(range[1] - range[0] - bars) < 2, `${range}`);
  });

  await flow('keys leave a chart alone that is not seen', { at: files.url }, async (page, at) => {
    await load(page, at);
    await page.locator(id('view-benchmark')).click();
    await page.locator('body').press('r');
    assert.equal(await page.locator(id('status')).getAttribute('data-state'), 'still');
    await page.locator('body').press('?');
    await page.locator('dialog.help[open]').waitFor();
  });

  await flow('the first bars have the dates that are theirs', { at: files.url }, async (page, at) => {
    await load(page, at, '?symbol=AAPL&interval=1d');
    await page.locator(id('fit')).click();
    await page.waitForFunction(() => __atra.range[0] <= 0 && __atra.range[1] >= 3269);
    const all = (await state(page)).range;
    await page.locator(id('chart')).press('Home');
    await page.waitForTimeout(100);
    assert.deepEqual((await state(page)).range, all, 'all bars are in sight already');
    await page.locator(id('chart')).press('Escape');
    for (let press = 0; press < 4; press++) await page.locator(id('chart')).press('-');
    const dates = await page.evaluate(() => __atra.dates());
    const years = dates.filter(([text, row]) => /^\d{4}$/.test(text) && row >= 0);
    assert.ok(years.length > 1 && years.every(([text]) => Number(text) > 2000), JSON.stringify(dates));
  });

  await flow('the address is the layout', { at: files.url }, async (page, at) => {
    await load(page, at, '?symbol=BTCUSD&interval=4h');
    await add(page, 'macd');
    await page.locator(id('number-macd-fast')).fill('9');
    await page.locator(id('log')).click();
    await page.locator(id('zone')).selectOption('Asia/Tokyo');
    await page.locator(id('chart')).focus();
    for (let time = 0; time < 4; time++) await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.press('-');
    await page.waitForURL(/fast=9.*end=/);
    const [url, range, values] = [page.url(), (await state(page)).range, await outputs(page, 'macd')];
    // Somebody else's browser.
    const other = await (await page.context().browser().newContext({ viewport: page.viewportSize() })).newPage();
    await other.goto(url);
    await other.waitForFunction(() => window.__atra?.ready);
    assert.deepEqual(await outputs(other, 'macd'), values);
    assert.equal(await pressed(other, 'log'), 'true');
    assert.equal(await other.locator(id('zone')).inputValue(), 'Asia/Tokyo');
    const there = (await state(other)).range;
    assert.ok(there.every((row, edge) => Math.abs(row - range[edge]) < 2), `${there} is not ${range}`);
    await other.context().close();
  });

  await flow('choices survive a reload', {}, async (page, at) => {
    await load(page, at);
    await page.locator(id('number-rsi-period')).fill('21');
    await page.locator(id('theme')).click();
    await page.waitForFunction(() => document.documentElement.dataset.theme === 'light');
    await page.waitForURL(/rsi:period=21/);
    await load(page, at);
    assert.equal(await page.locator(id('number-rsi-period')).inputValue(), '21');
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'light');
  });

  await flow('the chart is saved as a picture', { at: files.url }, async (page, at) => {
    await load(page, at, '?symbol=BTCUSD&interval=4h');
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator(id('png')).click()]);
    assert.equal(download.suggestedFilename(), 'BTCUSD_4h.png');
    const bytes = readFileSync(await download.path());
    assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
    const box = await page.locator(id('chart')).boundingBox();
    assert.equal(bytes.readUInt32BE(16), Math.round(box.width) * 2);
    assert.ok(bytes.length > 20_000);
  });

  await flow('what is shown is saved as a table', { at: files.url }, async (page, at) => {
    await load(page, at, '?symbol=AAPL&interval=1d&i=rsi;bbands:period=10');
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator(id('csv')).click()]);
    const lines = readFileSync(await download.path(), 'utf8').trim().split('\n');
    const [names, last] = [lines[0].split(','), lines.at(-1).split(',')];
    assert.equal(lines.length - 1, (await state(page)).bars);
    assert.deepEqual(names.slice(0, 6), ['time', 'open', 'high', 'low', 'close', 'volume']);
    assert.equal(names.length, 6 + 1 + 3);
    const source = readFileSync(new URL('../../../tests/data/aapl_1d.csv', import.meta.url), 'utf8').trim().split('\n').at(-1).split(',');
    assert.deepEqual([Date.parse(last[0]), ...last.slice(1, 6).map(Number)], source.map(Number));
    assert.equal(Number(last[6]), (await outputs(page, 'rsi')).at(-1));
    assert.match(lines[1].split(',').slice(6).join(','), /^,*$/);
  });

  await flow('keys move and zoom the chart, and list themselves', {}, async (page, at) => {
    await load(page, at);
    await page.locator(id('chart')).focus();
    for (let time = 0; time < 5; time++) await page.keyboard.press('Shift+ArrowLeft');
    await page.getByRole('button', { name: 'Latest bar' }).waitFor();
    const [from, to] = (await state(page)).range;
    await page.keyboard.press('+');
    await drawn(page);
    const zoomed = (await state(page)).range;
    assert.ok(zoomed[1] - zoomed[0] < to - from);
    await page.keyboard.press('End');
    await page.getByRole('button', { name: 'Latest bar' }).waitFor({ state: 'hidden' });
    await page.keyboard.press('?');
    await page.getByText('Keyboard shortcuts').waitFor();
  });

  await flow('dragging moves, the wheel zooms, panes give each other height', {}, async (page, at) => {
    await load(page, at);
    const box = await page.locator(id('chart')).boundingBox();
    const range = async () => (await state(page)).range;
    const first = await range();
    await page.mouse.move(box.x + 300, box.y + 200);
    await page.mouse.down();
    await page.mouse.move(box.x + 500, box.y + 200, { steps: 5 });
    await page.mouse.up();
    await drawn(page);
    const moved = await range();
    assert.ok(moved[1] < first[1]);
    await page.mouse.wheel(0, -300);
    await drawn(page);
    await page.waitForFunction(([from, to]) => __atra.range[1] - __atra.range[0] < to - from, moved);
    const separator = page.getByRole('separator');
    const before = Number(await separator.getAttribute('aria-valuenow'));
    await separator.focus();
    for (let time = 0; time < 5; time++) await page.keyboard.press('ArrowUp');
    assert.ok(Number(await separator.getAttribute('aria-valuenow')) < before);
    await page.waitForURL(/panes=/);
  });

  await flow('the data window reads the bar under the crosshair', { at: files.url }, async (page, at) => {
    await load(page, at, '?symbol=AAPL&interval=1d&i=rsi');
    await page.locator(`${id('data-window')} summary`).click();
    const text = () => page.locator(id('data-window')).innerText();
    const source = readFileSync(new URL('../../../tests/data/aapl_1d.csv', import.meta.url), 'utf8').trim().split('\n').slice(1);
    await page.locator(id('chart')).focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await drawn(page);
    const rows = Object.fromEntries((await text()).split('\n').map((line) => line.split('\t')));
    const close = source.at(-2).split(',')[4];
    assert.equal(Number(rows.close?.replaceAll(',', '')), Number(close));
    assert.match(await page.locator('#spoken').textContent(), new RegExp(`close ${Number(close)}`));
    await shoot(page, 'data-window');
    // The name in the legend leads to its settings.
    await page.locator(`${id('legend-rsi')} button`).click();
    assert.equal(await page.evaluate(() => document.activeElement?.dataset.testid), 'param-rsi-period');
  });
  void mock;
};
