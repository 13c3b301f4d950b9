// Chart adapters: what they hand to a chart is what computing everything anew gives, and a tick computes one bar. The
// charts are stand-ins that keep what they are given; real ones are in the matrix test.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atra, bars, columns } from './data.mjs';

const lightweight = await import('../pkg/adapters/lightweight-charts.js');
const { templates } = await import('../pkg/adapters/klinecharts.js');
const uplot = await import('../pkg/adapters/uplot.js');
const { Frame } = atra;
const list = bars(400);
const moved = (bar, share) => ({ ...bar, high: bar.high * 1.5, low: bar.low / 1.5, close: bar.close * share });

/** As much of the library as is used, with its rule that an update may not be older than the last point. */
function chart() {
  const series = [];
  return {
    series,
    panes: () => [{}],
    addSeries(kind, options, pane) {
      const one = {
        kind, options, pane, sets: 0, points: [],
        setData(points) {
          this.sets += 1;
          this.points = points.slice();
        },
        update(point) {
          const last = this.points.at(-1);
          assert.ok(last === undefined || point.time >= last.time);
          if (last?.time === point.time) this.points.pop();
          this.points.push(point);
        },
      };
      series.push(one);
      return one;
    },
    removeSeries: (one) => series.splice(series.indexOf(one), 1),
  };
}

const library = {
  LineSeries: 'line',
  HistogramSeries: 'histogram',
  createSeriesMarkers: (series) => ({ setMarkers: (list) => (series.marks = list.slice()), detach: () => (series.marks = undefined) }),
};

const points = (time, column, from) =>
  Array.from(time, (ms, row) => (Number.isFinite(column[row]) ? { time: ms / 1000, value: column[row] } : { time: ms / 1000 })).slice(from);

test('lightweight-charts: series and markers follow the frame inside the window', () => {
  const frame = Frame.from(columns(list.slice(0, 200)));
  const [page, candles] = [chart(), {}];
  const following = lightweight.follow(
    page,
    library,
    frame,
    [{ id: 'macd' }, { id: 'ema', params: { period: 5 } }, { id: 'cdl_doji', on: candles }, { id: 'cdl_doji' }, { id: 'rsi', pane: 7 }],
    { window: 100 },
  );
  assert.deepEqual(page.series.map(({ kind, pane }) => [kind, pane]), [['line', 1], ['line', 1], ['histogram', 1], ['line', 0], ['line', 7]]);
  for (const bar of list.slice(200)) {
    assert.equal(following.update(moved(bar, 1.01)), true);
    for (const share of [0.99, 1]) assert.equal(following.update(moved(bar, share)), false);
    assert.ok(page.series.every((one) => one.points.length >= 100 && one.points.length <= 125));
  }
  const output = frame.compute('macd').histogram.slice();
  const drawn = page.series[2].points;
  assert.deepEqual(drawn, points(frame.time, output, 400 - drawn.length));
  assert.ok(page.series[2].sets <= 9, 'history is not set anew by every bar');
  const doji = frame.compute('cdl_doji').cdl_doji.slice();
  const marked = Array.from(frame.time, (ms) => ms / 1000).filter((time, row) => doji[row] !== 0 && time >= drawn[0].time);
  assert.deepEqual(candles.marks.map(({ time }) => time), marked);
  assert.ok(marked.length > 0);
  following.remove();
  assert.deepEqual([page.series.length, candles.marks], [0, undefined]);
});

test('klinecharts: rows equal those of a fresh calculation, of every indicator, whatever the chart does', () => {
  const kline = ({ time, ...bar }) => ({ timestamp: time, ...bar });
  const fresh = (template, rows, params) => template.calc(rows.slice(), { calcParams: params ?? template.calcParams }).map((row) => ({ ...row }));
  for (const template of templates()) {
    const indicator = { calcParams: template.calcParams };
    const data = list.slice(0, 150).map(kline);
    const first = template.calc(data, indicator);
    assert.equal(first.length, 150);
    for (const bar of list.slice(150, 160)) {
      data.push(kline(moved(bar, 1.05)));
      const rows = template.calc(data, indicator);
      assert.equal(rows, first, 'the same rows go on');
      data[data.length - 1] = kline(bar);
      template.calc(data, indicator);
    }
    assert.deepEqual(template.calc(data, indicator).map((row) => ({ ...row })), fresh(template, data), template.name);
  }
  const [rsi] = templates(['rsi']);
  const indicator = { calcParams: [14] };
  let data = list.slice(100, 200).map(kline);
  rsi.calc(data, indicator);
  data = list.slice(0, 200).map(kline); // older bars were loaded
  assert.deepEqual(rsi.calc(data, indicator), fresh(rsi, data));
  indicator.calcParams = [5];
  assert.deepEqual(rsi.calc(data, indicator), fresh(rsi, data, [5]));
  assert.deepEqual(rsi.calc([], indicator), []);
  assert.deepEqual(rsi.figures, [{ key: 'rsi', title: 'rsi: ', type: 'line' }]);
});

/** Where and when the outputs of an indicator are drawn: with its name, points of a time and a value. */
function displaced(frame, id, params) {
  const output = frame.compute(id, params);
  const { time, length } = frame;
  const times = (row) => (row < length ? time[row] : time[length - 1] + (row - length + 1) * 60_000);
  return output.outputs.map((name, index) => {
    const bars = output.displacements[index];
    const rows = [...output[name].keys()].filter((row) => row + bars >= 0 && Number.isFinite(output[name][row]));
    return [name, rows.map((row) => ({ time: times(row + bars), value: output[name][row] }))];
  });
}

/** Bars with a night between them. */
const nightly = list.map((bar, index) => (index < 350 ? bar : { ...bar, time: bar.time + 36e6 }));
const shifted = { id: 'ichimoku', params: { tenkan_period: 3, kijun_period: 5, senkou_period: 9, displacement: 4 } };

test('lightweight-charts: what is displaced is drawn where it belongs, live too', () => {
  for (const [from, window] of [[300, 1000], [300, 60], [0, 1000], [2, 1000]]) {
    const frame = from === 0 ? Frame.empty() : Frame.from(columns(nightly.slice(0, from)));
    const page = chart();
    const marked = [];
    const createSeriesMarkers = (_, none) => {
      const at = marked.push(none) - 1;
      return { setMarkers: (list) => (marked[at] = list.slice()) };
    };
    const following = lightweight.follow(page, { ...library, createSeriesMarkers }, frame, [shifted, { id: 'fractal', on: {} }], { window });
    for (const bar of nightly.slice(from)) {
      for (const share of [1.01, 1]) following.update(moved(bar, share));
    }
    displaced(frame, shifted.id, shifted.params).forEach(([name, expected], index) => {
      const drawn = page.series[index].points;
      const values = drawn.filter((point) => point.value !== undefined);
      assert.deepEqual(values, expected.map(({ time, value }) => ({ time: time / 1000, value })).slice(-values.length), name);
      assert.ok(drawn.every(({ time }, row) => row === 0 || time > drawn[row - 1].time), name);
      if (window === 1000) assert.equal(values.length, expected.length, name);
      else assert.ok(drawn[0].time * 1000 >= frame.time[400 - 1.25 * window]);
    });
    for (const [index, [name, expected]] of displaced(frame, 'fractal').entries()) {
      const times = marked[index].map(({ time }) => time);
      const marks = expected.filter(({ value }) => value !== 0);
      assert.deepEqual(times, marks.map(({ time }) => time / 1000).slice(-times.length), name);
      assert.ok(times.length >= 5, name);
    }
  }
});

test('klinecharts: what is displaced stands in the row where it is drawn, live too', () => {
  const [template] = templates([shifted.id]);
  const indicator = { calcParams: [3, 5, 9, 4] };
  const data = [];
  let rows;
  for (const { time, ...bar } of list.slice(0, 100)) {
    data.push({ timestamp: time, ...moved(bar, 1.01) });
    template.calc(data, indicator);
    data[data.length - 1] = { timestamp: time, ...bar };
    rows = template.calc(data, indicator);
  }
  assert.equal(rows.length, 100);
  const frame = Frame.from(columns(list.slice(0, 100)));
  for (const [name, expected] of displaced(frame, shifted.id, shifted.params)) {
    const drawn = rows.flatMap((row, index) => (name in row ? [{ time: data[index].timestamp, value: row[name] }] : []));
    assert.deepEqual(drawn, expected.filter(({ time }) => time <= frame.time[99]), name);
  }
  assert.deepEqual(rows, template.calc(data.slice(), { calcParams: [3, 5, 9, 4] }));
});

test('uPlot: what is displaced is drawn where it belongs, with rows after the last bar', () => {
  for (const from of [0, 1, 300]) {
    const frame = from === 0 ? Frame.empty() : Frame.from(columns(nightly.slice(0, from)));
    const following = uplot.follow(frame, [shifted, { id: 'rsi' }]);
    const check = () => {
      const [time, ...drawn] = following.data();
      assert.deepEqual(time.slice(0, frame.length), [...frame.time]);
      assert.ok(drawn.every((column) => column.length === time.length));
      for (const [index, [name, expected]] of [...displaced(frame, shifted.id, shifted.params), ...displaced(frame, 'rsi')].entries()) {
        const points = drawn[index].flatMap((value, row) => (value === null ? [] : [{ time: time[row], value }]));
        assert.deepEqual(points, expected, name);
      }
    };
    if (from > 0) check();
    for (const bar of nightly.slice(from)) {
      for (const share of [1.01, 1]) following.update(moved(bar, share));
    }
    check();
    assert.equal(following.data()[0].length, 404);
  }
});

test('klinecharts: another symbol of the same times is computed anew', () => {
  const kline = ({ time, ...bar }) => ({ timestamp: time, ...bar });
  const [ema] = templates(['ema']);
  for (const rows of [1, 2, 3, 150]) {
    const indicator = { calcParams: [5] };
    for (const seed of [7, 8, 9]) {
      const data = bars(rows, seed).map(kline);
      const given = data.slice(0, seed === 9 ? rows : -1); // one is a bar longer than the one before it
      assert.deepEqual(ema.calc(given, indicator), ema.calc(given, { calcParams: [5] }), `${rows} rows`);
    }
  }
});

test('uPlot: columns are what computing everything anew gives', () => {
  const frame = Frame.empty();
  const following = uplot.follow(frame, [{ id: 'bbands', params: { period: 5 } }, { id: 'rsi' }], { window: 300 });
  assert.deepEqual(following.names, ['upper', 'middle', 'lower', 'rsi']);
  for (const bar of list) {
    following.update(moved(bar, 1.02));
    assert.equal(following.update(bar), false);
  }
  const whole = [[...frame.time]];
  for (const [id, params] of [['bbands', { period: 5 }], ['rsi']]) whole.push(...frame.compute(id, params).values.map((column) => Array.from(column, (value) => (Number.isNaN(value) ? null : value))));
  assert.deepEqual(following.data(), whole.map((column) => column.slice(-300)));
  following.free();
});
