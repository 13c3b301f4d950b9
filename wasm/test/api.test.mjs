// Frames, errors and memory.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atra, bars, bits, columns, manifest, memoryOf } from './data.mjs';

const { Frame, restore, scan, stream } = atra;
const list = bars(100);

test('a frame keeps what it is given', () => {
  const given = columns(list);
  const frame = Frame.from({ ...given, mood: list.map((_, index) => index / 3) });
  assert.equal(frame.length, 100);
  assert.deepEqual(frame.columns, ['open', 'high', 'low', 'close', 'volume', 'mood']);
  for (const name of Object.keys(given)) assert.deepEqual(frame.column(name), given[name]);
  assert.deepEqual(Frame.from({ time: BigInt64Array.from([1n, 2n]), close: [1, 2] }).time, Float64Array.of(1, 2));
  assert.deepEqual(Frame.from({ time: [1, 2], close: Float32Array.of(1, 2) }).column('close'), Float64Array.of(1, 2));
});

test('a frame made from views of another is a copy', () => {
  const frame = Frame.from(columns(bars(50_000)));
  const again = Frame.from({ time: frame.time, close: frame.column('close') });
  assert.deepEqual(bits(again.column('close')), bits(frame.column('close')));
});

test('bytes bring a frame back', () => {
  const frame = Frame.from(columns(list));
  const back = Frame.decode(frame.encode());
  for (const name of ['time', ...frame.columns]) assert.deepEqual(back.column(name), frame.column(name));
  assert.equal(fails(() => Frame.decode(frame.encode().slice(0, -1))).code, 'format');
  assert.equal(fails(() => Frame.decode('ATRA')).code, 'format');
  assert.equal(fails(() => Frame.decode(new Uint8Array())).code, 'format');
  assert.equal(fails(() => restore(frame.encode())).code, 'format');
});

test('bars are pushed and replaced', () => {
  const frame = Frame.empty();
  for (const bar of list) {
    frame.push({ ...bar, high: bar.high * 2 });
    for (let round = 0; round < 20; round++) frame.replaceLast({ ...bar, low: bar.low / (round + 1) });
    frame.replaceLast(bar);
  }
  const whole = Frame.from(columns(list));
  for (const name of ['time', ...whole.columns]) assert.deepEqual(frame.column(name), whole.column(name));
  assert.deepEqual(frame.tail(3).time, frame.time.slice(-3));
  assert.equal(frame.tail(1e9).length, 100);
});

test('views survive the growth of memory', () => {
  const frame = Frame.from(columns(list));
  const output = frame.compute('macd', { fast: 8 });
  const running = stream('rsi');
  running.extend(frame);
  const before = { close: frame.column('close'), signal: output.signal, values: running.values };
  const kept = Object.fromEntries(Object.entries(before).map(([name, array]) => [name, array.slice()]));
  const size = memoryOf(frame);
  const large = Frame.from(columns(bars(500_000)));
  assert.ok(memoryOf(large) > size);
  assert.equal(before.signal.length, 0, 'the old view is detached, not wrong');
  assert.deepEqual(frame.column('close'), kept.close);
  assert.deepEqual(output.signal, kept.signal);
  assert.deepEqual(running.values, kept.values);
  assert.equal(output.signal, output.signal, 'the same view while memory stays');
  running.update(list[0]);
  large.free();
});

test('every mistake is an error with a code and a sentence', () => {
  const frame = Frame.from(columns(list));
  const bar = { ...list.at(-1), time: list.at(-1).time + 60_000 };
  const cases = [
    ['not_found', 'unknown indicator `rsii`; did you mean `rsi`?', () => frame.compute('rsii')],
    ['not_found', /^unknown indicator `undefined`/, () => frame.compute()],
    ['not_found', /^unknown indicator `Symbol\(x\)`/, () => stream(Symbol('x'))],
    ['parameter', 'rsi has no parameter `perod`; did you mean `period`?', () => frame.compute('rsi', { perod: 3 })],
    ['parameter', /^parameters must be an object/, () => frame.compute('rsi', 14)],
    ['parameter', /^parameters must be an object/, () => frame.compute('rsi', [14])],
    ['parameter', /^parameters must be an object/, () => stream('rsi', null)],
    ['parameter', /^parameters must be an object/, () => stream('rsi', new Date())],
    ['parameter', /^parameters must be an object/, () => frame.compute('rsi', new Map([['period', 5]]))],
    ['parameter', /^parameters must be an object/, () => frame.watch([{ id: 'rsi', params: new Set() }])],
    ['parameter', /^ranges must be an object/, () => frame.sweep('rsi', new Map([['period', [5]]]))],
    ['parameter', /^period: { from, to, step } must be numbers/, () => frame.sweep('rsi', { period: { from: '5', to: '8' } })],
    ['parameter', /^period: { from, to, step } must be numbers/, () => frame.sweep('rsi', { period: { from: 5, to: 8, step: '1' } })],
    ['data', 'scan: frames[1] is not a Frame', () => scan([frame, {}], 'rsi')],
    ['data', /^scan takes frames in a row/, () => scan(null, 'rsi')],
    ['data', /^scan takes frames in a row/, () => scan(frame, 'rsi')],
    ['parameter', 'use Frame.from(…), Frame.decode(…) or Frame.empty() to make a frame', () => new Frame()],
    ['not_found', 'no column `mood`; there are: open, high, low, close, volume', () => frame.column('mood')],
    ['not_found', /^atr: no column `high`; there are: close$/, () => Frame.from({ time: [1], close: [1] }).compute('atr')],
    ['data', /column `close` has 1 values; the frame has 2 rows/, () => Frame.from({ time: [1, 2], close: [1] })],
    ['data', /row 1: time 1 repeats/, () => Frame.from({ time: [1, 1] })],
    ['data', /row 1: time 1.5 is not valid/, () => Frame.from({ time: [1, 1.5] })],
    ['data', /row 0: time NaN is not valid/, () => Frame.from({ time: [NaN] })],
    ['data', 'time must be an array of numbers', () => Frame.from({ close: [1] })],
    ['data', 'close[1] is a string, not a number', () => Frame.from({ time: [1, 2], close: [1, '2'] })],
    ['data', /^a frame is made from/, () => Frame.from(null)],
    ['data', 'push: close is undefined; it must be a number', () => frame.push({ ...bar, close: undefined })],
    ['data', 'push: time is undefined; it must be a number', () => frame.push(undefined)],
    ['data', /high 0 is below low/, () => frame.push({ ...bar, high: 0 })],
    ['data', /is earlier than/, () => frame.push(list[0])],
    ['data', /cannot replace it/, () => frame.replaceLast(bar)],
    ['data', /empty frame/, () => Frame.empty().replaceLast(bar)],
    ['parameter', /^tail: rows -1 /, () => frame.tail(-1)],
    ['data', 'rsi: there is no bar yet to replace', () => stream('rsi').replace(bar)],
    ['data', 'rsi: close is null; it must be a number', () => stream('rsi').update({ close: null })],
    ['data', 'rsi: extend takes a Frame', () => stream('rsi').extend({})],
  ];
  for (const [code, message, call] of cases) {
    const error = fails(call);
    assert.ok(error instanceof Error && error.name === 'AtraError', error.stack);
    assert.equal(error.code, code, error.message);
    if (typeof message === 'string') assert.equal(error.message, message);
    else assert.match(error.message, message);
    assert.ok(!error.message.includes('\n'));
  }
  assert.equal(frame.length, 100, 'a refused bar changes nothing');
});

test('what was freed says so', () => {
  const frame = Frame.from(columns(list));
  const [output, running] = [frame.compute('rsi'), stream('rsi')];
  for (const handle of [frame, output, running]) {
    handle.free();
    handle.free();
  }
  assert.deepEqual(
    [fails(() => frame.length), fails(() => output.rsi), fails(() => running.rsi)].map((error) => [error.code, error.message]),
    [['closed', 'this frame was freed'], ['closed', 'this output was freed'], ['closed', 'this stream was freed']],
  );
});

test('ids of TA-Lib and other cases are found', () => {
  const frame = Frame.from(columns(list));
  assert.deepEqual(frame.compute('CDLENGULFING').cdl_engulfing, frame.compute('cdl_engulfing').cdl_engulfing);
  assert.equal(frame.compute('RSI').rsi.length, 100);
});

test('every call has the parameters it was given, whatever those before it had', () => {
  const frame = Frame.from(columns(list));
  const bare = Frame.from({ time: [0], close: [1] });
  const params = { period: 5 };
  const last = (given) => frame.compute('sma', given).sma.at(-1);
  const [five, six, usual] = [last({ period: 5 }), last({ period: 6 }), last()];
  assert.notEqual(five, six);
  assert.equal(last(params), five);
  params.period = 6;
  assert.equal(last(params), six);
  assert.equal(last({ period: undefined }), usual);
  assert.equal(last({ period: 6, gaps: 'skip' }), six);
  assert.equal(last({}), usual);
  assert.equal(last(), usual);
  frame.compute('atr', { period: 3 }).free();
  fails(() => bare.compute('atr', { period: 9 }));
  assert.equal(frame.compute('atr', { period: 3 }).lookback, 3);
  for (const wrong of [null, [5], 5]) fails(() => frame.compute('sma', wrong));
  assert.equal(last(), usual);
});

test('a column that JavaScript has been shown may get gaps, and they are seen', () => {
  const frame = Frame.from(columns(list));
  const whole = frame.compute('sma', { period: 2 }).sma.slice();
  frame.column('close')[50] = NaN;
  const { sma } = frame.compute('sma', { period: 2 });
  assert.ok(Number.isNaN(sma[50]));
  assert.equal(sma[49], whole[49]);
  assert.equal(sma[52], whole[52]);
});

test('10,000 times making and freeing leaves memory flat', () => {
  const frame = Frame.from(columns(list));
  const cycle = () => {
    const output = frame.compute('bbands');
    const running = stream('macd');
    running.extend(frame).free();
    restore(running.snapshot()).free();
    fails(() => frame.compute('nothing'));
    for (const handle of [output, running, frame.tail(50)]) handle.free();
  };
  for (let round = 0; round < 100; round++) cycle();
  const size = memoryOf(frame);
  for (let round = 0; round < 10_000; round++) cycle();
  assert.equal(memoryOf(frame), size);
});

test('a view keeps its output alive, and what nobody sees is collected', { skip: !globalThis.gc }, async () => {
  const frame = Frame.from(columns(bars(20_000)));
  const signal = frame.compute('macd').signal;
  const copy = signal.slice();
  for (let round = 0; round < 300; round++) {
    frame.compute('bbands');
    if (round % 20 === 0) {
      globalThis.gc();
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
  assert.ok(memoryOf(frame) < 64e6, `${memoryOf(frame)} bytes`);
  if (signal.length > 0) assert.deepEqual(signal, copy);
});

test('the manifest names files that exist', async () => {
  const { access } = await import('node:fs/promises');
  const paths = (entry) => (typeof entry === 'string' ? [entry] : Object.values(entry).flatMap(paths));
  const named = [manifest.main, manifest.types, ...paths(manifest.exports)];
  for (const path of named) await access(new URL(`../pkg/${path}`, import.meta.url));
  assert.ok(manifest.license);
});

function fails(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  return assert.fail('nothing was thrown');
}
