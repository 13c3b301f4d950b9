// Indicators for klinecharts: templates for `registerIndicator`, which compute one bar a tick.
import { Frame, stream } from '../api.js';
import { catalog } from '../catalog.js';

const COLUMNS = ['open', 'high', 'low', 'close', 'volume'];

/** A template for every indicator of the catalogue, or for those of these ids. */
export function templates(ids) {
  const wanted = ids === undefined ? undefined : new Set(ids);
  return catalog()
    .filter(({ id, inputs }) => (wanted?.has(id) ?? true) && !inputs.includes('periods'))
    .map(template);
}

function template(spec) {
  const numbers = spec.params.filter(({ type }) => type !== 'choice');
  const drawn = spec.outputs.filter(({ plot }) => plot !== 'direction' && plot !== 'hidden');
  return {
    name: spec.id.toUpperCase(),
    shortName: spec.id.toUpperCase(),
    series: spec.overlay ? 'price' : 'normal',
    calcParams: numbers.map((param) => param.default),
    figures: drawn.map(({ name, plot }) => ({
      key: name,
      title: `${name}: `,
      type: plot === 'histogram' ? 'bar' : 'line',
      ...(plot === 'histogram' && { baseValue: 0 }),
    })),
    calc: calculator(spec, numbers),
  };
}

/** The library asks for all rows on every tick; only the last is computed while the ones before it stay. */
function calculator(spec, numbers) {
  const runs = new WeakMap();
  const ended = new FinalizationRegistry((live) => live.free());
  return (list, indicator) => {
    const values = indicator.calcParams ?? [];
    const key = JSON.stringify(values);
    let run = runs.get(indicator);
    if (run === undefined || run.key !== key || !continues(run, list)) {
      if (run !== undefined) {
        ended.unregister(run);
        run.live.free();
      }
      run = begun(spec, list, params(numbers, values));
      run.key = key;
      runs.set(indicator, run);
      ended.register(indicator, run.live, run);
    } else {
      followed(run, list);
    }
    return run.rows;
  };
}

function params(numbers, values) {
  return Object.fromEntries(numbers.map(({ name, default: usual }, index) => [name, values[index] ?? usual]));
}

/** Whether the list is what it was, but for its last bar or one after it: another symbol's has the same times. */
function continues({ rows, last, known }, list) {
  const length = rows.length;
  if (length === 0 || list.length < length || list.length > length + 1) return false;
  return list[length - 1].timestamp === last && known.every(([row, before]) => isSame(bar(list[row]), before));
}

/** Bars that stay what they are, by which the list is known again: the first, one in the middle, the last but one. */
function known(list) {
  const last = list.length - 1;
  return [0, last >> 1, last - 1].filter((row) => row >= 0 && row < last).map((row) => [row, bar(list[row])]);
}

function isSame(one, other) {
  return Object.keys(one).every((name) => Object.is(one[name], other[name]));
}

function begun(spec, list, params) {
  const live = stream(spec.id, params);
  const columns = { time: list.map(({ timestamp }) => timestamp) };
  for (const name of COLUMNS) columns[name] = list.map((bar) => bar[name] ?? 0);
  const frame = Frame.from(columns);
  const output = live.extend(frame);
  const { values, displacements } = output;
  // Rows that are still to come, of outputs that are drawn ahead, stand behind the list's.
  const run = { live, displacements, rows: list.map(() => ({})), ahead: [], last: list.at(-1)?.timestamp, known: known(list) };
  for (let row = 0; row < list.length; row++) write(run, row, (index) => values[index][row]);
  output.free();
  frame.free();
  return run;
}

function followed(run, list) {
  const { live, rows, ahead } = run;
  const take = (row, values) => write(run, row, (index) => values[index]);
  // The bar before a new one may have changed since.
  take(rows.length - 1, live.replace(bar(list[rows.length - 1])));
  if (list.length > rows.length) {
    const row = rows.length;
    run.last = list[row].timestamp;
    rows.push(ahead.shift() ?? {});
    take(row, live.update(bar(list[row])));
    run.known = known(list);
  }
}

function bar({ timestamp, open, high, low, close, volume = 0 }) {
  return { time: timestamp, open, high, low, close, volume };
}

/** The outputs of a bar, each in the row where it is drawn. */
function write({ live, displacements, rows, ahead }, row, value) {
  live.outputs.forEach((name, index) => {
    const at = row + displacements[index];
    if (at < 0) return;
    const drawn = at < rows.length ? rows[at] : (ahead[at - rows.length] ??= {});
    const number = value(index);
    if (Number.isFinite(number)) drawn[name] = number;
    else delete drawn[name];
  });
}
