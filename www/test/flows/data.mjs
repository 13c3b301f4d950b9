// Candles from elsewhere: plain files beside the page, the visitor's own, a million generated ones.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawing, id, load, outputs, state } from '../harness.mjs';

const sample = new URL('../../../tests/data/aapl_1d.csv', import.meta.url);

export default async ({ flow, shoot, files, mock }) => {
  const own = mkdtempSync(join(tmpdir(), 'atra-page-'));
  const make = (name, text) => {
    writeFileSync(join(own, name), text);
    return join(own, name);
  };

  await flow('as plain files: samples, signals, every tool', { at: files.url }, async (page, at) => {
    await load(page, at);
    const symbols = await page.locator(`${id('symbol')} option`).allTextContents();
    assert.deepEqual(new Set(symbols), new Set(['BTCUSD', 'AAPL', 'IBM', 'US500', 'RANDOM']));
    assert.equal(await page.locator(id('status')).getAttribute('data-state'), 'still');
    await page.locator(id('symbol')).selectOption('AAPL');
    await page.waitForURL(/symbol=AAPL/);
    await page.waitForFunction(() => __atra.ready && __atra.bars === 3270);
    await page.waitForFunction(() => __atra.markers > 0);
  });

  await flow('a file of candles is opened, and asked of nobody', { at: mock.url }, async (page, at) => {
    await load(page, at);
    const asked = [];
    page.on('request', (request) => {
      if (request.method() !== 'GET' || request.postData() !== null) asked.push(request.url());
    });
    await page.locator(id('file')).setInputFiles(sample.pathname);
    await page.waitForFunction(() => __atra.ready && __atra.bars === 3270);
    const last = readFileSync(sample, 'utf8').trim().split('\n').at(-1).split(',');
    assert.equal((await state(page)).lastTime, Number(last[0]));
    assert.equal(await page.locator(id('symbol')).inputValue(), 'aapl_1d');
    assert.equal(await page.locator('#intervals [aria-pressed=true]').innerText(), '1d');
    assert.ok((await outputs(page, 'rsi')).every(Number.isFinite));
    assert.deepEqual(asked, []);
    // Back to the server's, and to the file again.
    await page.locator(id('symbol')).selectOption('BTCUSD');
    await page.locator(id('interval-4h')).click();
    await page.waitForFunction(() => __atra.ready && __atra.bars >= 10_000);
    await page.locator(id('symbol')).selectOption('aapl_1d');
    await page.waitForFunction(() => __atra.ready && __atra.bars === 3270);
  });

  await flow('without a server a file is still opened, and may be called as a series of the server’s', { at: mock.url, expected: /ERR_FAILED/ }, async (page, at) => {
    await page.route('**/api/**', (route) => route.abort());
    await page.goto(at);
    await page.locator(`${id('notice')}[data-kind=error]`).waitFor();
    const own = make('BTCUSD.csv', readFileSync(new URL('../../../tests/data/btcusd_4h.csv', import.meta.url), 'utf8').split('\n').slice(0, 301).join('\n'));
    await page.locator(id('file')).setInputFiles(own);
    await page.waitForFunction(() => window.__atra?.ready && __atra.bars === 300);
    await page.locator(id('notice')).waitFor({ state: 'hidden' });
    assert.ok((await outputs(page, 'rsi')).every(Number.isFinite));
    await page.unroute('**/api/**');
    await load(page, at);
    await page.locator(id('file')).setInputFiles(own);
    await page.waitForFunction(() => __atra.ready && __atra.bars === 300);
    assert.equal(await page.locator(id('symbol')).inputValue(), 'BTCUSD (file)');
  });

  await flow('a file is dropped onto the page', { at: files.url }, async (page, at) => {
    await load(page, at);
    const text = readFileSync(sample, 'utf8').split('\n').slice(0, 201).join('\n');
    await page.evaluate((content) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content], 'dropped.csv'));
      const fire = (name) => document.body.dispatchEvent(new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true }));
      fire('dragover');
      fire('drop');
    }, text);
    await page.waitForFunction(() => __atra.ready && __atra.bars === 200);
    assert.equal(await page.locator(id('symbol')).inputValue(), 'dropped');
  });

  await flow('CSV of many kinds is read; what cannot be read is explained', { at: files.url }, async (page, at) => {
    await load(page, at);
    const open = (path) => page.locator(id('file')).setInputFiles(path);
    const good = [
      ['seconds.csv', 'timestamp;open;high;low;close\n1700000000;1;2;0.5;1.5\n1700003600;1.5;2;1;1.75\n'],
      ['dates.csv', 'Date,Close,Open,High,Low,Volume\n2024-01-02,11,10,12,9,100\n2024-01-01,10,9,11,8,100\n'],
      ['kline.csv', '1700000000000,1,2,0.5,1.5,10,1700003599999,0,0,0,0,0\n1700003600000,1.5,2,1,1.75,10,1700007199999,0,0,0,0,0\n'],
      // Milliseconds, of which the first could be seconds.
      ['early.csv', 'time,open,high,low,close\n99964800000,1,2,1,1\n100051200000,1,2,1,1\n'],
      ['zoned.csv', 'time,open,high,low,close\n2023-11-14 22:13:20,1,2,1,1\n2023-11-15T00:13:20+01:00,1,2,1,1\n'],
      ['metatrader.txt', '<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\n2023.11.14\t22:13:20\t1\t2\t1\t1\t5\n2023.11.14\t23:13:20\t1\t2\t1\t1\t5\n'],
    ];
    for (const [name, text] of good) {
      await open(make(name, text));
      await page.waitForFunction((symbol) => __atra.ready && __atra.bars === 2 && document.querySelector('[data-testid=symbol]').value === symbol, name.split('.')[0]);
    }
    assert.equal((await state(page)).lastTime, 1_700_003_600_000);
    const bad = [
      ['lacks.csv', 'time,open,high,low\n1,2,3,1\n', /^Line 1: the header lacks close; a candle needs .* close\.$/],
      ['word.csv', 'time,open,high,low,close\n1700000000,1,2,x,1\n', /^Line 2: low “x” is not a number\.$/],
      ['high.csv', 'time,open,high,low,close\n1700000000,5,2,1,1.5\n', /Line 2: high 2 is below/],
      ['empty.csv', '', /empty/],
      ['country.csv', 'time,open,high,low,close\n01/02/2024,1,2,1,1\n', /Line 2: time “01\/02\/2024” is neither a date/],
      ['twice.csv', 'time,open,high,low,close\n2024-01-01,1,2,1,1\n\n2024-01-01,1,2,1,1\n', /Line 4: its time is that of line 2 too/],
      ['late.csv', 'time,open,high,low,close\n3,1,2,1,1\n2,1,2,1,1\n4,1,2,1,1\n', /Line 3: its time is earlier than that of line 2/],
      ['far.json', JSON.stringify({ time: [9e15], open: [1], high: [1], low: [1], close: [1], volume: [1] }), /time 9000000000000000 is not a date/],
      ['candles.parquet', 'PAR1', /atra convert candles\.parquet candles\.atra/],
      ['notes.pdf', '%PDF', /end in \.csv/],
      ['broken.atra', 'not a frame', /./],
    ];
    for (const [name, text, message] of bad) {
      await open(make(name, text));
      await page.waitForFunction((source) => new RegExp(source).test(document.querySelector('[data-testid=toast]').textContent), message.source);
      assert.equal(await page.locator(id('toast')).getAttribute('data-kind'), 'wrong', name);
      await page.evaluate(() => (document.querySelector('[data-testid=toast]').textContent = ''));
    }
    assert.equal((await state(page)).bars, 2, 'what was seen stays');
    // Of one bar there is no change to read, and the rest is where it belongs.
    await open(make('one.csv', 'time,open,high,low,close,volume\n1700000000,1,2,0.5,1.5,42\n'));
    await page.waitForFunction(() => __atra.ready && __atra.bars === 1);
    const legend = page.locator(id('legend-candle'));
    await page.waitForFunction(() => document.querySelector('[data-testid=legend-candle]').textContent.includes('42'));
    assert.match(await legend.innerText(), /V\s*42/);
  });

  await flow('a file opened while the server has not answered stays', { at: mock.url }, async (page, at) => {
    await page.route('**/api/symbols*', async (route) => {
      await new Promise((later) => setTimeout(later, 1500));
      await route.continue();
    });
    await page.goto(at);
    await page.locator(id('file')).setInputFiles(make('meanwhile.csv', 'time,open,high,low,close\n1700000000,1,2,1,1\n1700003600,1,2,1,1\n'));
    await page.waitForFunction(() => window.__atra?.ready && __atra.bars === 2);
    await page.waitForFunction(() => document.querySelectorAll('[data-testid=symbol] option').length > 2);
    assert.equal(await page.locator(id('symbol')).inputValue(), 'meanwhile');
    assert.equal((await state(page)).bars, 2);
  });

  await flow('the bot’s own bytes are opened', { at: files.url }, async (page, at) => {
    await load(page, at);
    await page.locator(id('file')).setInputFiles(new URL('../../samples/public/data/ibm_1d.atra', import.meta.url).pathname);
    await page.waitForFunction(() => __atra.ready && __atra.bars === 3270);
    assert.equal(await page.locator(id('symbol')).inputValue(), 'ibm_1d');
    // And packed, as `atra convert` writes them.
    await page.locator(id('file')).setInputFiles(new URL('../../../tests/fixtures/packed_1.atra', import.meta.url).pathname);
    await page.waitForFunction(() => __atra.ready && __atra.bars === 2000);
  });

  await flow('a million bars are moved through', { at: files.url }, async (page, at) => {
    await load(page, at, '?symbol=RANDOM&interval=1m&i=ema;bbands;rsi');
    assert.equal((await state(page)).bars, 1_000_000);
    await page.locator(id('fit')).click();
    await page.waitForFunction(() => __atra.range[1] - __atra.range[0] > 990_000);
    const whole = await drawing(page);
    const speed = await page.evaluate(async () => {
      const chart = document.querySelector('[data-testid=chart]');
      const [times, draws] = [[], []];
      let before = performance.now();
      for (let frame = 0; frame < 90; frame++) {
        const deltaY = Math.floor(frame / 15) % 2 === 0 ? -60 : 60;
        chart.dispatchEvent(new WheelEvent('wheel', { deltaY, clientX: 400, clientY: 300, bubbles: true, cancelable: true }));
        await new Promise((resolve) => requestAnimationFrame(resolve));
        const now = performance.now();
        times.push(now - before);
        draws.push(__atra.drew);
        before = now;
      }
      const middle = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
      return { frames: 1000 / middle(times), worst: Math.max(...times), draw: middle(draws) };
    });
    console.log(`      ${speed.frames.toFixed(0)} frames/s in the median (longest ${speed.worst.toFixed(0)} ms), drawn in ${speed.draw.toFixed(1)} ms`);
    await page.locator(id('fit')).click();
    await page.waitForFunction(() => __atra.range[1] - __atra.range[0] > 990_000);
    await shoot(page, 'million');
    const slider = page.locator(id('param-rsi-period'));
    await slider.fill('21');
    await page.waitForFunction((old) => document.querySelector('[data-testid=chart] canvas').toDataURL() !== old, whole);
    console.log(`      RSI over 1,000,000 bars computed in ${await page.locator(id('took-rsi')).innerText()}, ${await page.locator(id('drawn')).innerText()}`);
  });
};
