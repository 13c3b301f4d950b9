// Runs flows in a real browser, each in a profile of its own, and counts them.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

export const desktop = { width: 1360, height: 840 };
export const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };

/** An element by its test id. */
export const id = (name) => `[data-testid="${name}"]`;

export async function start({ url, screenshots, only }) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
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
  let [passed, failed] = [0, 0];

  async function shoot(page, name) {
    if (screenshots === undefined) return;
    mkdirSync(screenshots, { recursive: true });
    await page.screenshot({ path: join(screenshots, `${name}.png`) });
  }

  return {
    url,
    shoot,
    /**
     * Runs a flow. Nothing may be logged as an error, nor asked of another host, unless it is `expected`. Settings are
     * the browser's, and `at`: another server's address.
     */
    async flow(name, { at = url, expected = /(?!)/, ...settings }, steps) {
      if (only !== undefined && !name.includes(only)) return;
      const context = await browser.newContext({ viewport: desktop, colorScheme: 'dark', ...settings });
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      const complaints = [];
      page.on('console', (message) => {
        if (message.type() === 'error' && !expected.test(message.text())) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => {
        if (![at, 'data:', 'blob:'].some((known) => request.url().startsWith(known))) complaints.push(`asked ${request.url()}`);
      });
      try {
        await steps(page, at);
        assert.deepEqual(complaints, []);
        passed++;
        console.log(`ok    ${name}`);
      } catch (error) {
        failed++;
        console.log(`FAIL  ${name}\n      ${String(error.stack ?? error).replaceAll('\n', '\n      ')}\n      ${complaints.join('\n      ')}`);
        await shoot(page, `failed-${failed}`).catch(() => {});
      } finally {
        await context.close();
      }
    },
    async end() {
      await browser.close();
      console.log(`${passed} passed, ${failed} failed`);
      return failed === 0 && passed > 0;
    },
  };
}

/** Opens the page and waits for candles. */
export async function load(page, at, query = '') {
  await page.goto(new URL(query, at).href);
  await page.waitForFunction(() => window.__atra?.ready);
}

/** The last values of an indicator's first output. */
export const outputs = (page, indicator) => page.evaluate((name) => __atra.outputs(name), indicator);

export const state = (page) =>
  page.evaluate(() => ({ bars: __atra.bars, lastTime: __atra.lastTime, panes: __atra.panes, markers: __atra.markers, range: __atra.range }));

/** How many colours the chart's canvas holds. */
export const colours = (page) =>
  page.evaluate(() => {
    const seen = new Set();
    const canvas = document.querySelector('[data-testid=chart] canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    for (let index = 0; index < data.length; index += 4 * 17) seen.add(`${data[index]},${data[index + 1]},${data[index + 2]}`);
    return seen.size;
  });

/** The chart's pixels as text, to see whether they changed. */
export const drawing = (page) => page.evaluate(() => document.querySelector('[data-testid=chart] canvas').toDataURL());

/** The colours `[red, green, blue]` of the chart at places `[row, price]`, moved by some pixels down. */
export const pixels = (page, places, down = 0) =>
  page.evaluate(
    ([list, offset]) => {
      const canvas = document.querySelector('[data-testid=chart] canvas');
      const context = canvas.getContext('2d');
      return list.map(([row, price]) => {
        const [x, y] = __atra.place(row, price);
        return [...context.getImageData(Math.round(x * devicePixelRatio), Math.round((y + offset) * devicePixelRatio), 1, 1).data.slice(0, 3)];
      });
    },
    [places, down],
  );

/** A colour of the style sheet as `[red, green, blue]`. */
export const sheet = (page, name) =>
  page.evaluate((variable) => {
    const text = getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
    return [1, 3, 5].map((at) => Number.parseInt(text.slice(at, at + 2), 16));
  }, name);

/** Adds an indicator by its id through the search. */
export async function add(page, indicator) {
  await page.locator(id('add-indicator')).click();
  await page.locator(id('picker-search')).fill(indicator);
  await page.locator(id(`option-${indicator}`)).click();
  await page.locator(id(`indicator-${indicator}`)).last().waitFor();
}

/** The next two frames have been drawn. */
export const drawn = (page) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
