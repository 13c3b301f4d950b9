// The worker, here as a thread of Node; in a browser it is in the matrix test.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { atra, bars, columns } from './data.mjs';

const { spawn } = await import('../pkg/worker.js');
const given = columns(bars(2_000));
const frame = atra.Frame.from(given);

test('a worker gives what the page would compute', async () => {
  const remote = await spawn();
  const there = await remote.frame(given);
  assert.equal(there.length, 2_000);
  assert.equal(given.close.length, 2_000, 'the columns stay with the page');
  const { values, lookback } = await there.compute('macd', { fast: 8 });
  const output = frame.compute('macd', { fast: 8 });
  assert.equal(lookback, output.lookback);
  assert.deepEqual(values, Object.fromEntries(output.outputs.map((name) => [name, output[name].slice()])));

  const shared = Object.fromEntries(
    Object.entries(given).map(([name, column]) => {
      const memory = new Float64Array(new SharedArrayBuffer(column.byteLength));
      memory.set(column);
      return [name, memory];
    }),
  );
  const again = await remote.frame(shared);
  const decoded = await remote.frame(frame.encode());
  for (const one of [again, decoded]) {
    assert.deepEqual((await one.compute('rsi')).values.rsi, frame.compute('rsi').rsi.slice());
    await one.free();
    for (const call of [() => one.compute('rsi'), () => one.sweep('rsi', { period: 5 })]) {
      await assert.rejects(call, { name: 'AtraError', code: 'closed', message: 'this frame was freed' });
    }
  }
  await assert.rejects(there.compute('rsii'), { name: 'AtraError', code: 'not_found', message: 'unknown indicator `rsii`; did you mean `rsi`?' });
  await assert.rejects(remote.frame({ time: [1, 1] }), { code: 'data', message: /row 1: time 1 repeats/ });
  await assert.rejects(remote.frame(null), { code: 'data' });
  remote.terminate();
  await assert.rejects(there.compute('rsi'), { code: 'closed' });
});

test('what a worker cannot be sent is refused, and holds nothing up', async () => {
  const remote = await spawn();
  const there = await remote.frame(given);
  const periods = async (range) => (await there.sweep('rsi', { period: range })).map(({ params }) => params.period);
  const own = { *[Symbol.iterator]() { yield* [5, 6]; } };
  for (const range of [own, own[Symbol.iterator](), new Set([5, 6]), { from: 5, to: 6 }]) assert.deepEqual(await periods(range), [5, 6]);
  const refused = [
    [/^compute: what is given must be numbers and names \(.*could not be cloned/, () => there.compute('rsi', { period: () => 5 })],
    [/^sweep: what is given/, () => periods([() => 5])],
    [/^period: { from, to, step }/, () => periods({ from: 5, to: 1 })],
    [/^ranges must be an object/, () => there.sweep('rsi', null)],
    [/^parameters must be an object/, () => there.compute('rsi', new Map([['period', 5]]))],
  ];
  for (const [message, call] of refused) {
    const answer = call();
    assert.ok(answer instanceof Promise);
    await assert.rejects(answer, { name: 'AtraError', code: 'parameter', message });
  }
  await assert.rejects(there.compute(Symbol('x')), { code: 'not_found' });
  remote.terminate();
});

test('a program ends although a call was refused', async () => {
  const program = `
    import(${JSON.stringify(new URL('../pkg/worker.js', import.meta.url).href)}).then(async ({ spawn }) => {
      const there = await (await spawn()).frame({ time: [1, 2], close: [1, 2] });
      await there.compute('rsi', { period: () => 5 }).catch(({ code }) => console.log(code));
    });`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--eval', program], { timeout: 20_000 });
  assert.equal(stdout, 'parameter\n');
});

test('a worker whose script cannot be loaded says so', async () => {
  globalThis.Worker = class extends EventTarget {
    postMessage() {
      queueMicrotask(() => this.dispatchEvent(new Event('error')));
    }
    terminate() {}
  };
  const started = spawn();
  delete globalThis.Worker;
  await assert.rejects(started, { code: 'closed', message: 'the worker failed: its script could not be loaded' });
});

test('a sweep tells its progress and can be given up', async () => {
  const remote = await spawn();
  const there = await remote.frame(columns(bars(50_000)));
  const told = [];
  const results = await there.sweep('bbands', { period: { from: 5, to: 104 } }, { onProgress: (done, total) => told.push([done, total]) });
  assert.deepEqual(results.map(({ params }) => params.period), Array.from({ length: 100 }, (_, index) => index + 5));
  assert.ok(told.every(([done, total], index) => total === 100 && done <= 100 && done > (told[index - 1]?.[0] ?? 0)));

  const stop = new AbortController();
  const given = there.sweep('bbands', { period: { from: 5, to: 5_000 } }, { signal: stop.signal, onProgress: () => stop.abort() });
  await assert.rejects(given, { name: 'AbortError' });
  assert.equal((await there.compute('rsi')).length, 50_000, 'the worker goes on');
  await assert.rejects(there.compute('rsi', {}, { signal: stop.signal }), { name: 'AbortError' });
  remote.terminate();
});
