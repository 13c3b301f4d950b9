// Checked by `tsc --strict`, never run: what the types allow, and what they refuse.
import { Frame, catalog, init, restore, scan, stream, type AtraError, type Bar, type IndicatorId, type Output, type Stream, type Watched } from 'atra-wasm';
import { spawn } from 'atra-wasm/worker';
import { readCandles, type Candles } from 'atra-wasm/csv';
import { templates } from 'atra-wasm/adapters/klinecharts';
import * as lightweight from 'atra-wasm/adapters/lightweight-charts';
import * as uplot from 'atra-wasm/adapters/uplot';

declare const bar: Bar;
declare const bytes: Uint8Array;

await init();
const frame: Frame = Frame.from({ time: [1, 2], close: Float64Array.of(1, 2), mood: [0, 1] });

const macd = frame.compute('macd', { fast: 8 });
const signal: Float64Array = macd.signal;
const names: readonly ('macd' | 'signal' | 'histogram')[] = macd.outputs;
const bands: Output<'bbands'> = frame.compute('bbands', { period: 20, up: 2.5 });

const rsi = stream('rsi', { period: 14 });
const value: number = rsi.rsi;
const values: Float64Array = rsi.update({ close: 1 });
rsi.update(bar);
const period: number = rsi.params.period;
rsi.extend(frame).rsi.at(-1);
const back = restore<'rsi'>(rsi.snapshot()).rsi;
{
  using kept = frame.compute('obv');
  kept.obv.slice();
}

// An id that is not known when compiling still works.
for (const spec of catalog()) {
  const output = frame.compute(spec.id, Object.fromEntries(spec.params.map((param) => [param.name, param.default])));
  output.values.map((column) => column.length);
}
const id = 'atr' as IndicatorId;
const lastOf = (output: Output): number | undefined => output.values[0]?.at(-1);
const barsOf = (stream: Stream): number => stream.bars;
void [lastOf(frame.compute('rsi')), lastOf(frame.compute(id)), barsOf(stream('rsi')), barsOf(stream(id))];
const maybe: Float64Array | undefined = frame.compute(id).macd;
const maybeNow: number | undefined = stream(id).macd;
// @ts-expect-error an output that the indicator may not have
frame.compute(id).macd.length;
// @ts-expect-error an output that the live indicator may not have
stream(id).macd.toFixed();
const list: Watched[] = [{ id: 'rsi', params: { period: 5 } }, { id }];
for (const wanted of [list, [{ id, params: { period: 5 } }], catalog().map(({ id }) => ({ id }))]) frame.watch(wanted);
frame.watch([{ id }, { id: 'rsi', params: { period: 5 } }]);
uplot.follow(frame, catalog().map(({ id }) => ({ id })));
declare const chart: lightweight.Chart;
declare const library: lightweight.Library;
lightweight.follow(chart, library, frame, [{ id }, { id: 'macd', params: { fast: 8 }, pane: 2 }]);
lightweight.follow(chart, library, frame, [{ id: 'ema' }, { id: 'cdl_doji', on: {} }]);
// @ts-expect-error a parameter the drawn indicator lacks
lightweight.follow(chart, library, frame, [{ id: 'rsi', params: { perod: 14 } }]);
// @ts-expect-error a parameter the followed indicator lacks
uplot.follow(frame, [{ id: 'rsi', params: { perod: 14 } }]);

// A choice is made by name, or by TA-Lib's number.
frame.compute('ma', { ma: 'ema' });
frame.compute('ma', { ma: 1 });
for (const param of catalog().flatMap((spec) => spec.params)) {
  const names: readonly string[] = param.type === 'choice' ? param.choices : [];
  void names;
}

try {
  frame.push(bar);
} catch (error) {
  const code: 'parameter' | 'data' | 'not_found' | 'format' | 'closed' | 'memory' = (error as AtraError).code;
  void code;
}

// @ts-expect-error an unknown id
frame.compute('rsii');
// @ts-expect-error an unknown parameter
frame.compute('rsi', { perod: 14 });
// @ts-expect-error a parameter of the wrong type
frame.compute('rsi', { period: '14' });
// @ts-expect-error a choice there is not
frame.compute('ma', { ma: 'emma' });
// @ts-expect-error an indicator without parameters
frame.compute('obv', { period: 14 });
// @ts-expect-error an output of another indicator
frame.compute('rsi').signal;
// @ts-expect-error outputs are read only
frame.compute('rsi').rsi = signal;
// @ts-expect-error a bar without what the indicator reads
stream('atr').update({ close: 1 });
// @ts-expect-error what has a length but is no array
Frame.from({ time: { length: 1, 0: 1 } });
Frame.from({ time: [1, 2] as const, close: new Uint32Array(2), volume: BigUint64Array.of(1n, 2n) });
// @ts-expect-error a frame without times
Frame.from({ close: [1, 2] });
// @ts-expect-error a bar without a volume
frame.push({ time: 1, open: 1, high: 1, low: 1, close: 1 });
// @ts-expect-error frames are made by `from`, `decode` and `empty`
new Frame();
// @ts-expect-error the catalogue is read only
catalog()[0].name = '';

void [names, bands, value, values, period, back, bytes, maybe, maybeNow];

// Watches, sweeps and scans.
const watch = frame.watch([{ id: 'rsi', params: { period: 14 } }, { id: 'obv' }]);
const packed: Float64Array = watch.update(bar);
const offset: number | undefined = watch.items[0]?.offset;
for (const { params, output } of frame.sweep('bbands', { period: { from: 10, to: 30 }, up: [1, 2], down: 2 })) {
  const upper: Float64Array = output.upper;
  const period: number | undefined = params.period;
  void [upper, period];
}
const scanned: Float64Array | undefined = scan([frame], 'rsi')[0]?.rsi;
frame.keep(20_000);
// @ts-expect-error a parameter the watched indicator lacks
frame.watch([{ id: 'rsi', params: { perod: 14 } }]);
// @ts-expect-error a range of a parameter there is not
frame.sweep('rsi', { perod: [1, 2] });
void [packed, offset, scanned];

// CSV.
const candles: Candles = readCandles('time,open,high,low,close\n1,1,1,1,1\n');
const read: Frame = Frame.from(candles);
const volumes: Float64Array = candles.volume;
// @ts-expect-error bytes are decoded first
readCandles(bytes);
// @ts-expect-error columns that a candle has not are left out
candles.mood;
void [read, volumes];

// The worker.
const remote = await spawn({ wasm: '/atra.wasm' });
const there = await remote.frame({ time: [1, 2], close: [1, 2] });
const thereToo: number = (await remote.frame(candles)).length;
const computed: Float64Array = (await there.compute('rsi', { period: 14 })).values.rsi;
const swept: number | undefined = (await there.sweep('rsi', { period: [5, 6] }, { onProgress: (done, total) => done / total }))[0]?.params.period;
// @ts-expect-error an output of another indicator
(await there.compute('rsi')).values.macd;
// @ts-expect-error an output that the indicator may not have
(await there.compute(id)).values.macd.length;
for (const template of templates(['rsi'])) template.calc([], { calcParams: [14] });
const [times]: [number[], ...(number | null)[][]] = uplot.follow(frame, [{ id: 'rsi' }]).data();
void [computed, swept, times, thereToo];
