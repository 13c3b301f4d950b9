// The benchmark: atra, a plain loop and published packages, on this machine, in this browser.
import { init } from 'atra-wasm';
import { h } from '../dom';
import { generated } from '../data/generated';
import { HOLDERS, MIT } from './licences';
import { CASES, NAMES, TITLES, type Data, type Name, type Run } from './contenders';

const SIZES = [1_000, 10_000, 100_000, 1_000_000];
/** How long a cell is measured at least, and how often; a slow one is let off after one run. */
const LONG = 60;
const SAMPLES = 5;

/** What a cell found: nanoseconds a bar, and the last value. */
interface Found {
  nanoseconds: number;
  value: number;
}

export function startBench(root: HTMLElement): void {
  const size = h('select', { id: 'bench-size', 'data-testid': 'bench-size' }, ...SIZES.map((bars) => h('option', { value: bars, selected: bars === 10_000 }, bars.toLocaleString('en-US'))));
  const run = h('button', { class: 'primary', type: 'button', 'data-testid': 'bench-run' }, 'Run');
  const state = h('p', { class: 'muted', role: 'status', 'data-testid': 'bench-state' }, 'Nothing has been measured yet.');
  const body = h('tbody');
  root.replaceChildren(
    h(
      'div',
      { class: 'sheet' },
      h('h2', {}, 'How fast is it here?'),
      h(
        'p',
        { class: 'muted' },
        'Nanoseconds a bar in this browser: the least of several runs, all on the same generated candles. Beside it, how many times as long as atra; below 1 it is faster. ',
        'Where another arrives at a different last value, that is said: some round, some define an indicator in another way.',
      ),
      h('div', { class: 'row' }, h('label', { for: 'bench-size' }, 'Bars'), size, run, state),
      h(
        'div',
        { class: 'wide', tabindex: 0, role: 'region', 'aria-label': 'Results' },
        h(
          'table',
          { 'data-testid': 'bench-table' },
          h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Indicator'), ...NAMES.map((name) => h('th', { scope: 'col' }, TITLES[name])))),
          body,
        ),
      ),
      h(
        'details',
        { class: 'fold' },
        h('summary', {}, 'Licences of the packages compared'),
        ...[...HOLDERS, ...MIT].map((text) => h('p', { class: 'muted' }, text)),
      ),
    ),
  );
  const cells = CASES.map(({ title, runs }) => {
    const row = NAMES.map((name) => h('td', { 'data-testid': `bench-${title.split(' ')[0]!.toLowerCase()}-${name}` }, runs[name] === undefined ? '–' : '·'));
    body.append(h('tr', {}, h('th', { scope: 'row' }, title), ...row));
    return row;
  });
  const ratios = NAMES.map((name) => h('td', { 'data-testid': `bench-median-${name}` }, '·'));
  body.append(h('tr', { class: 'sum' }, h('th', { scope: 'row' }, 'Median ratio'), ...ratios));

  run.addEventListener('click', () => {
    run.disabled = size.disabled = true;
    measureAll(Number(size.value), cells, ratios, (text) => (state.textContent = text))
      .catch((error: unknown) => {
        state.textContent = error instanceof Error ? error.message : String(error);
      })
      .finally(() => (run.disabled = size.disabled = false));
  });
}

async function measureAll(bars: number, cells: HTMLElement[][], ratios: HTMLElement[], say: (text: string) => void): Promise<void> {
  say('Making candles …');
  await init();
  const data = await candles(bars);
  const times = new Map<Name, number[]>(NAMES.map((name) => [name, []]));
  const begin = performance.now();
  for (const row of [...cells, ratios]) for (const cell of row) if (cell.textContent !== '–') cell.replaceChildren('·');
  try {
    for (const [index, { title, runs }] of CASES.entries()) {
      let own: Found | undefined;
      for (const [column, name] of NAMES.entries()) {
        const work = runs[name];
        const cell = cells[index]![column]!;
        if (work === undefined) continue;
        say(`${title}: ${TITLES[name]} …`);
        await pause();
        const found = measure(work, data, bars);
        own ??= found;
        const ratio = found.nanoseconds / own.nanoseconds;
        if (name !== 'atra') times.get(name)!.push(ratio);
        cell.replaceChildren(...described(name, found, own, ratio));
      }
    }
  } finally {
    data.frame.free();
  }
  for (const [column, name] of NAMES.entries()) ratios[column]!.textContent = name === 'atra' ? '1 ×' : times_(median(times.get(name)!));
  say(`${bars.toLocaleString('en-US')} bars, measured in ${((performance.now() - begin) / 1000).toFixed(1)} s.`);
}

function described(name: Name, { nanoseconds, value }: Found, own: Found, ratio: number): Node[] {
  const parts: Node[] = [h('b', {}, nanoseconds.toFixed(nanoseconds < 10 ? 2 : nanoseconds < 100 ? 1 : 0))];
  if (name === 'atra') return parts;
  parts.push(h('span', { class: 'muted' }, times_(ratio)));
  const off = Math.abs(value - own.value) / Math.max(1e-9, Math.abs(own.value));
  if (!(off < 1e-6)) parts.push(h('span', { class: 'off', title: `${value} instead of ${own.value}` }, 'other value'));
  return parts;
}

function times_(ratio: number): string {
  return `${ratio.toFixed(ratio < 10 ? 1 : 0)} ×`;
}

/** The least time of several runs, each of as many rounds as the clock needs to see it. */
function measure(work: Run, data: Data, bars: number): Found {
  let value = NaN;
  const took = (rounds: number): number =>
    time(() => {
      for (let round = 0; round < rounds; round++) value = work(data);
    });
  // As many rounds as make every run long enough to be seen; a run that something else held up is not believed.
  let rounds = 1;
  let samples: number[] = [];
  while (samples.length < (samples[0]! > 400 ? 1 : SAMPLES)) {
    const again = took(rounds);
    if (again >= LONG / SAMPLES || rounds >= 1 << 20) {
      samples.push(again);
    } else {
      rounds *= again > 1 ? Math.ceil(LONG / SAMPLES / again) + 1 : 8;
      samples = [];
    }
  }
  const best = Math.min(...samples);
  return { nanoseconds: (best * 1e6) / rounds / bars, value };
}

function time(work: () => void): number {
  const begin = performance.now();
  work();
  return performance.now() - begin;
}

async function candles(bars: number): Promise<Data> {
  const whole = await generated.candles({ symbol: '', interval: '' }, bars);
  const frame = whole.tail(bars);
  whole.free();
  const [high, low, close] = ['high', 'low', 'close'].map((name) => frame.column(name).slice());
  const [out, more, most] = [0, 1, 2].map(() => new Float64Array(bars));
  return {
    frame,
    columns: { high: high!, low: low!, close: close!, out: out!, more: more!, most: most! },
    high: Array.from(high!),
    low: Array.from(low!),
    close: Array.from(close!),
    candles: Array.from(close!, (price, row) => ({ high: high![row]!, low: low![row]!, close: price })),
  };
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] ?? NaN) + (sorted[sorted.length >> 1] ?? NaN)) / 2;
}

/** Lets the page paint. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}
