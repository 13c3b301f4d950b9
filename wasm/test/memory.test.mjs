// What happens when there is no memory left. The module is given little here: a test of all it can have would take 4 GB.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const { Frame, catalog, init, stream } = await import('../pkg/index.js');
const name = process.env.SCALAR ? 'atra_wasm_scalar' : 'atra_wasm_bg';
await init(limited(readFileSync(new URL(`../pkg/${name}.wasm`, import.meta.url)), 512));

const { bars, columns } = await import('./data.mjs'); // which would load the module as it is

/** The module with a memory of so many pages at most. */
function limited(module, pages) {
  const number = (at) => {
    let [value, shift] = [0, 0];
    for (; ; shift += 7) {
      const byte = module[at++];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return [value, at];
    }
  };
  const bytes = (value) => [(value & 0x7f) | 0x80, ((value >> 7) & 0x7f) | 0x80, value >> 14];
  for (let at = 8; ; ) {
    const [length, start] = number(at + 1);
    if (module[at] === 5) {
      assert.deepEqual([...module.subarray(start, start + 2)], [1, 0], 'one memory, without a limit');
      const memory = [1, 1, ...bytes(number(start + 2)[0]), ...bytes(pages)];
      return Buffer.concat([module.subarray(0, at), Buffer.from([5, memory.length, ...memory]), module.subarray(start + length)]);
    }
    at = start + length;
  }
}

const noMemory = { name: 'AtraError', code: 'memory', message: /^no memory is left for \d+ more values; free frames and outputs/ };
const given = columns(bars(100_000));

test('what finds no memory is an error, and the module goes on when some is freed', () => {
  const frame = Frame.from(given);
  const watched = frame.watch([{ id: 'ema' }]);
  const other = Frame.from(given);
  const encoded = other.encode();
  const fill = (kept = []) => {
    try {
      for (let period = 2; ; period++) kept.push(frame.compute('sma', { period }));
    } catch (error) {
      assert.throws(() => { throw error; }, noMemory);
      return kept;
    }
  };
  for (let round = 0; round < 3; round++) {
    const kept = fill();
    assert.ok(kept.length > 10, `${kept.length} outputs`);
    for (const { id, inputs } of catalog()) {
      if (!inputs.includes('periods')) assert.throws(() => frame.compute(id), noMemory, id);
    }
    assert.throws(() => Frame.from(given), noMemory);
    assert.throws(() => frame.tail(100_000), noMemory);
    assert.throws(() => frame.encode(), noMemory);
    assert.throws(() => Frame.decode(encoded), noMemory);
    assert.throws(() => frame.watch([{ id: 'rsi' }]), noMemory);
    assert.throws(() => stream('rsi').extend(frame), noMemory);
    other.keep(60_000 + round);
    assert.equal(other.length, 100_000, 'what is kept has no place beside what was');
    assert.equal(kept[0].sma.length, 100_000);
    assert.ok(Number.isFinite(watched.values[0]));
    for (const output of kept) output.free();
    frame.compute('macd').free();
    stream('rsi').extend(frame).free();
    const back = Frame.decode(frame.encode());
    assert.equal(back.length, 100_000);
    back.free();
  }
  // Where bytes fit, but not the frame beside them, none of it stays behind.
  const kept = fill();
  const { length } = kept;
  kept.splice(0, Math.ceil(encoded.length / kept[0].sma.byteLength) + 1).forEach((output) => output.free());
  for (let round = 0; round < 20; round++) assert.throws(() => Frame.decode(encoded), noMemory);
  assert.ok(fill(kept).length >= length - 1, 'as many outputs as were freed');
  for (const output of kept) output.free();
  other.keep(60_000);
  assert.equal(other.length, 60_000);
  // Freed outputs are given up for what does not fit beside them.
  fill().slice(-3).forEach((output) => output.free());
  frame.tail(10).compute('rsi').free();
  frame.free();
});

test('a bar that finds no memory is refused', () => {
  const frame = Frame.from(given);
  const bar = (row) => ({ time: 2e12 + row, open: 1, high: 1, low: 1, close: 1, volume: 1 });
  assert.throws(() => {
    for (let row = 0; row < 1e7; row++) frame.push(bar(row));
  }, noMemory);
  const { length } = frame;
  assert.throws(() => frame.push(bar(9e9)), noMemory);
  assert.equal(frame.length, length);
  assert.equal(frame.column('close').length, length);
  frame.keep(100);
  frame.push(bar(9e9));
  assert.equal(frame.length, 101);
});
