// The benchmark: that it runs, and that what it compares arrives at the same numbers.
import assert from 'node:assert/strict';
import { id, load } from '../harness.mjs';

export default async ({ flow, shoot, files }) => {
  await flow('the benchmark measures, and compares values', { at: files.url }, async (page, at) => {
    await load(page, at, '?page=benchmark');
    page.setDefaultTimeout(90_000);
    await page.locator(id('bench-size')).selectOption('1000');
    await page.locator(id('bench-run')).click();
    await page.getByText('bars, measured in').waitFor();
    const table = await page.locator(`${id('bench-table')} tbody tr`).evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.innerText.replace(/\s+/g, ' '))));
    assert.equal(table.length, 9);
    for (const [title, atra, plain] of table) {
      assert.match(atra, /^[\d.]+/, title);
      assert.match(plain, /^[\d.]+/, title);
      // The loop written by hand is right, and so is atra.
      assert.doesNotMatch(plain, /other value/, title);
    }
    for (const row of table) console.log(`      ${row.join(' | ')}`);
    await shoot(page, 'benchmark');
    await page.locator('#view-chart').click();
    await page.locator(id('chart')).waitFor();
    await page.waitForURL((url) => !url.href.includes('page='));
  });
};
