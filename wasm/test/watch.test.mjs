// Watches, sweeps, scans and frames that keep the newest bars.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atra, bars, bits, columns, memoryOf } from './data.mjs';

const { Frame, catalog, scan } = atra;
const list = bars(300);
const candles = catalog().filter((spec) => !spec.inputs.includes('periods'));
const later = (bar, minutes) => ({ ...bar, time: bar.time + minutes * 60_000 });

test('a watch gives what computing the whole frame gives, for every indicator', () => {
  const frame = Frame.from(columns(list.slice(0, 250)));
  const watch = frame.watch(candles.map(({ id }) => ({ id })));
  const check = () => {
    for (const { id, outputs, offset } of watch.items) {
      const output = frame.compute(id);
      const last = output.values.map((column) => column.at(-1));
      assert.deepEqual(bits(watch.values.slice(offset, offset + outputs.length)), bits(last), id);
      output.free();
    }
  };
  check();
  for (const bar of list.slice(250)) {
    for (const share of [3, 1.5, 1.1]) watch.update({ ...bar, high: bar.high * share, volume: bar.volume / share });
    watch.update(bar);
  }
  assert.equal(frame.length, 300);
  for (const name of ['time', ...frame.columns]) assert.deepEqual(frame.column(name), columns(list)[name]);
  check();
});

test('watches of one frame, and bars pushed past them, agree', () => {
  const frame = Frame.empty();
  const [one, two] = [frame.watch([{ id: 'ema', params: { period: 3 } }]), frame.watch([{ id: 'sma', params: { period: 3 } }])];
  for (const [index, bar] of list.slice(0, 60).entries()) {
    if (index % 7 === 3) frame.push(bar);
    else if (index % 7 === 5) two.update(bar);
    else for (const watch of [one, two]) watch.update(bar);
  }
  for (const watch of [one, two]) watch.update(list[59]);
  assert.equal(one.values[0], frame.compute('ema', { period: 3 }).ema[59]);
  assert.equal(two.values[0], frame.compute('sma', { period: 3 }).sma[59]);
});

test('a bar that changed under a watch is taken as it is', () => {
  const changed = (bar) => ({ ...bar, high: bar.high * 2, close: bar.close * 1.5 });
  const [last, next, after] = list.slice(49, 52);
  const ways = {
    'replaced in the frame': (frame, watch) => {
      watch.update(last);
      frame.replaceLast(changed(last));
      watch.update(next);
      return [changed(last), next];
    },
    'replaced in the frame, and another pushed': (frame, watch) => {
      watch.update(last);
      frame.replaceLast(changed(last));
      frame.push(next);
      watch.update(after);
      return [changed(last), next, after];
    },
    'and that one replaced': (frame, watch) => {
      watch.update(last);
      frame.replaceLast(changed(last));
      frame.push(next);
      watch.update(changed(next));
      return [changed(last), changed(next)];
    },
    'seen by another watch': (frame, watch, ...others) => {
      for (const one of [watch, ...others]) one.update(last);
      others[0].update(changed(last));
      for (const one of [...others, watch]) one.update(next);
      others[1].update(changed(next));
      watch.update(after);
      return [changed(last), changed(next), after];
    },
    'replaced back': (frame, watch) => {
      watch.update(changed(last));
      frame.replaceLast(last);
      watch.update(next);
      return [last, next];
    },
  };
  for (const rows of [undefined, 1, 2, 30]) {
    for (const [way, go] of Object.entries(ways)) {
      const frame = Frame.from(columns(list.slice(0, 49)));
      if (rows !== undefined) frame.keep(rows);
      const whole = Frame.from(columns(list.slice(49 - frame.length, 49)));
      const watches = [0, 1, 2].map(() => frame.watch([{ id: 'ema', params: { period: 5 } }, { id: 'cumsum' }]));
      for (const bar of go(frame, ...watches)) whole.push(bar);
      assert.deepEqual([...watches[0].values], [whole.compute('ema', { period: 5 }).ema.at(-1), whole.compute('cumsum').cumsum.at(-1)], `${way}, ${rows} kept`);
    }
  }
});

test('a history that no bar could be is left as it is', () => {
  const given = columns(list.slice(0, 50));
  given.close[49] = NaN;
  const frame = Frame.from(given);
  const [one, two] = [0, 1].map(() => frame.watch([{ id: 'ema', params: { period: 5 } }]));
  for (const close of [list[50].low, list[50].close]) one.update({ ...list[50], close });
  two.update(list[51]);
  assert.equal(two.values[0], frame.compute('ema', { period: 5 }).ema.at(-1));
});

test('bars that a watch missed and the frame dropped are an error', () => {
  const frame = Frame.from(columns(list.slice(0, 50)));
  const watch = frame.watch([{ id: 'ema', params: { period: 5 } }]);
  frame.keep(10);
  const before = watch.values[0];
  for (const bar of list.slice(50, 90)) frame.push(bar);
  const message = '30 bars that this watch missed are no longer in the frame; watch it anew';
  for (let round = 0; round < 2; round++) {
    assert.throws(() => watch.update(list[90]), { name: 'AtraError', code: 'data', message });
    assert.equal(watch.values[0], before);
    assert.equal(frame.time.at(-1), list[89].time);
  }
  const again = frame.watch([{ id: 'ema', params: { period: 5 } }]);
  for (const bar of list.slice(90, 99)) frame.push(bar);
  again.update(list[99]);
  assert.equal(frame.length, 10, 'none is dropped before it is taken');
});

test('a bar that is refused changes nothing', () => {
  const frame = Frame.from(columns(list));
  const watch = frame.watch([{ id: 'rsi' }]);
  const before = watch.values[0];
  const last = list.at(-1);
  for (const [code, message, bar] of [
    ['data', /is earlier than/, later(last, -1)],
    ['data', /high 0 is below low/, { ...later(last, 1), high: 0 }],
    ['data', /close NaN is not a finite number/, { ...last, close: NaN }],
    ['data', 'update: close is null; it must be a number', { ...last, close: null }],
    ['data', 'update: time is undefined; it must be a number', undefined],
  ]) {
    assert.throws(() => watch.update(bar), { name: 'AtraError', code, message });
    assert.equal(watch.values[0], before);
    assert.equal(frame.length, 300);
  }
  for (const [code, message, wanted] of [
    ['parameter', /^watch takes a list/, 'rsi'],
    ['not_found', /^unknown indicator `rsii`/, [{ id: 'rsii' }]],
    ['not_found', /^unknown indicator `undefined`/, [undefined]],
    ['parameter', /^rsi: period 0 /, [{ id: 'rsi', params: { period: 0 } }]],
    ['parameter', /^mavp reads a column that a candle does not have/, [{ id: 'mavp' }]],
  ]) {
    assert.throws(() => frame.watch(wanted), { name: 'AtraError', code, message });
  }
  watch.free();
  assert.throws(() => watch.update(last), { code: 'closed', message: 'this watch was freed' });
});

test('a frame keeps the newest bars, and a watch does not notice', () => {
  const frame = Frame.from(columns(list.slice(0, 100)));
  frame.keep(40);
  assert.equal(frame.length, 40);
  const whole = Frame.from(columns(list.slice(60)));
  const watch = frame.watch([{ id: 'ema' }, { id: 'max', params: { period: 10 } }]);
  for (const bar of list.slice(100)) {
    watch.update(bar);
    assert.ok(frame.length >= 40 && frame.length < 80);
    assert.equal(frame.time.at(-1), bar.time);
    assert.equal(frame.time.length, frame.column('close').length);
  }
  assert.deepEqual([...watch.values], [whole.compute('ema').ema.at(-1), whole.compute('max', { period: 10 }).max.at(-1)]);
  assert.throws(() => frame.keep(0), { code: 'parameter', message: 'keep: rows 0 is not valid; it must be a whole number from 1' });
});

test('10,000 watches made and freed leave memory flat, and so do 100,000 ticks', () => {
  const frame = Frame.from(columns(list));
  frame.keep(300);
  const cycle = () => frame.watch([{ id: 'bbands' }, { id: 'macd' }]).free();
  for (let round = 0; round < 100; round++) cycle();
  const watch = frame.watch([{ id: 'bbands' }, { id: 'macd' }]);
  for (let bar = 1; bar < 1_000; bar++) watch.update(later(list.at(-1), bar));
  const size = memoryOf(frame);
  for (let round = 0; round < 10_000; round++) cycle();
  for (let bar = 1_000; bar < 100_000; bar++) watch.update(later(list.at(-1), bar));
  assert.equal(memoryOf(frame), size);
});

test('a sweep is every combination, and a scan every frame', () => {
  const frame = Frame.from(columns(list));
  const sweep = frame.sweep('bbands', { period: { from: 10, to: 30, step: 10 }, up: [1, 2.5], down: 2 });
  assert.deepEqual(
    sweep.map(({ params }) => [params.period, params.up, params.down]),
    [[10, 1, 2], [10, 2.5, 2], [20, 1, 2], [20, 2.5, 2], [30, 1, 2], [30, 2.5, 2]],
  );
  for (const { params, output } of sweep) {
    const alone = frame.compute('bbands', params);
    assert.deepEqual(output.upper, alone.upper);
  }
  assert.equal(frame.sweep('rsi', {}).length, 1);
  assert.throws(() => frame.sweep('rsi', null), { code: 'parameter', message: /^ranges must be an object/ });
  assert.throws(() => frame.sweep('rsi', { period: { from: 5, to: 1 } }), { code: 'parameter', message: /^period: / });
  const frames = [frame, frame.tail(100)];
  assert.deepEqual(scan(frames, 'rsi', { period: 5 }).map((output) => output.length), [300, 100]);
});
