// The browser's entry: nothing works before `init`, and a failed one may be tried again.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as atra from '../pkg/index.js';

test('calls before init say so; a failed init can be repeated', async () => {
  assert.ok(atra.catalog().length > 0, 'the catalogue needs no module');
  for (const call of [() => atra.Frame.empty(), () => atra.stream('rsi'), () => atra.restore(new Uint8Array())]) {
    assert.throws(call, { name: 'AtraError', code: 'closed', message: 'atra is not loaded yet; call `await init()` first' });
  }
  await assert.rejects(atra.init(new Uint8Array([1, 2, 3])));
  const module = readFileSync(new URL('../pkg/atra_wasm_scalar.wasm', import.meta.url));
  await Promise.all([atra.init(module), atra.init(module)]);
  assert.equal(atra.stream('rsi').id, 'rsi');
});
