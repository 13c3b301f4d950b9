// Every indicator of the catalogue, through every way to run it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atra, bars, bits, columns as candles } from './data.mjs';

// With the one column beside a candle's that an indicator reads.
const list = bars(400).map((bar, index) => ({ ...bar, periods: index % 33 }));
const columns = (rows) => ({ ...candles(rows), periods: Float64Array.from(rows, (bar) => bar.periods) });
const frame = atra.Frame.from(columns(list));

test('the catalogue describes every indicator', () => {
  const ids = atra.catalog().map((spec) => spec.id);
  assert.ok(ids.length >= 12 && new Set(ids).size === ids.length);
  for (const spec of atra.catalog()) {
    assert.ok(spec.name && spec.summary && spec.group && spec.inputs.length && spec.outputs.length, spec.id);
    for (const { type, default: usual, min, max, choices } of spec.params) {
      assert.ok(type === 'choice' ? choices.includes(usual) : min <= usual && usual <= max, spec.id);
    }
  }
  assert.throws(() => atra.catalog()[0].params.push({}), TypeError);
});

for (const spec of atra.catalog()) {
  test(`${spec.id}: whole series, bar by bar and restored are the same bits`, () => {
    const output = frame.compute(spec.id);
    const stream = atra.stream(spec.id);
    assert.equal(output.length, frame.length);
    assert.deepEqual(output.outputs, spec.outputs.map((out) => out.name));
    const rows = list.map((bar, index) => {
      if (index === 200) {
        const restored = atra.restore(stream.snapshot());
        assert.deepEqual(restored.params, stream.params);
        assert.equal(restored.bars, 200);
        for (const later of list.slice(200)) restored.update(later);
        assert.deepEqual(bits(restored.values), bits(output.values.map((column) => column.at(-1))));
      }
      return [...stream.update(bar)];
    });
    spec.outputs.forEach(({ name }, index) => {
      const column = output[name];
      assert.equal(column.length, frame.length);
      assert.deepEqual(bits(column), bits(rows.map((row) => row[index])), name);
      assert.ok(column.slice(0, output.lookback).every(Number.isNaN), `${name} warms up`);
      assert.ok('undefined' in spec || column.slice(output.lookback).every(Number.isFinite), `${name} has no hole`);
      assert.deepEqual(bits([stream[name]]), bits([column.at(-1)]));
    });
  });

  test(`${spec.id}: replacing and peeking do not drift`, () => {
    const stream = atra.stream(spec.id);
    const history = stream.extend(frame.tail(300));
    const last = bits(history.values.map((column) => column.at(-1)));
    assert.deepEqual(bits(stream.values), last);
    for (let round = 0; round < 1000; round++) {
      const wild = { ...list.at(-1), high: 500 + round, close: 400 + round };
      stream.replace(wild);
      stream.peek(list[round % 400]);
    }
    assert.deepEqual(bits(stream.replace(list.at(-1))), last);
    assert.equal(stream.bars, 300);
  });

  test(`${spec.id}: a gap is NaN in its row and poisons nothing`, () => {
    const holed = columns(list);
    for (const name of spec.inputs.filter((input) => input !== 'time')) holed[name][150] = NaN;
    const whole = frame.compute(spec.id);
    const output = atra.Frame.from(holed).compute(spec.id);
    const stream = atra.stream(spec.id);
    const rows = list.map((bar, index) => [
      ...stream.update(Object.fromEntries(Object.keys(bar).map((name) => [name, holed[name][index]]))),
    ]);
    output.values.forEach((column, index) => {
      assert.ok(Number.isNaN(column[150]));
      assert.ok('undefined' in spec || Number.isFinite(column.at(-1)));
      assert.deepEqual(bits(column.slice(0, 150)), bits(whole.values[index].slice(0, 150)));
      assert.deepEqual(bits(column), bits(rows.map((row) => row[index])));
    });
  });

  test(`${spec.id}: every parameter is checked`, () => {
    for (const param of spec.params) {
      for (const bad of [param.max * 2, NaN, Infinity, 'ten', null, true, {}, () => 1]) {
        const error = thrown(() => frame.compute(spec.id, { [param.name]: bad }));
        assert.equal(error.code, 'parameter', `${param.name} ${String(bad)}`);
        const valid = param.type === 'choice' ? `one of ${param.choices.join(', ')} ` : 'a.* number from';
        assert.match(error.message, new RegExp(`^${spec.id}: ${param.name} .* must be ${valid}`));
        assert.equal(thrown(() => atra.stream(spec.id, { [param.name]: bad })).message, error.message);
      }
      const given = frame.compute(spec.id, { [param.name]: undefined });
      assert.deepEqual(bits(given.values[0]), bits(frame.compute(spec.id).values[0]));
      for (const choice of param.choices ?? []) {
        const params = { [param.name]: choice };
        const running = atra.stream(spec.id, params);
        const output = running.extend(frame);
        assert.equal(running.params[param.name], choice);
        assert.deepEqual(bits(output.values[0]), bits(frame.compute(spec.id, params).values[0]));
        assert.deepEqual(atra.restore(running.snapshot()).params, running.params);
      }
    }
  });
}

function thrown(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  return assert.fail('nothing was thrown');
}
