// The benchmark, in Node and in a browser alike. Outputs are compared before anything is timed.
import { contenders, market } from './contenders.mjs';

const ROWS = [1_000, 10_000, 100_000, 1_000_000];
/** Packages are timed up to here: beyond it they take seconds a call, and a bar costs what it did before. */
const MOST_FOR_PACKAGES = 100_000;
/** So many bars of ticks are timed at once. */
const PIECE = 500;

/** The fewest milliseconds a call took, of several rounds of many calls. */
function fastest(call, rows, rounds, bars = 100_000) {
  const calls = Math.max(1, Math.round(bars / rows));
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    for (let index = 0; index < calls; index++) call();
    best = Math.min(best, (performance.now() - started) / calls);
  }
  return best;
}

/** Whether the last rows of two columns are one: to a millionth of the column's size, or to two decimals (`rounded`). */
function agree(ours, theirs) {
  if (theirs === undefined || theirs.length === 0) return 'wrong';
  const rows = Math.floor(ours.length / 2);
  let [size, worst] = [0, 0];
  for (let back = 1; back <= rows; back++) {
    const [a, b] = [ours[ours.length - back], theirs[theirs.length - back]];
    if (!Number.isFinite(b)) return 'wrong';
    size = Math.max(size, Math.abs(a));
    worst = Math.max(worst, Math.abs(a - b));
  }
  return worst <= 1e-6 * size ? 'right' : worst <= 0.0051 ? 'rounded' : 'wrong';
}

const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
const ns = (milliseconds, rows) => ((milliseconds * 1e6) / rows).toFixed(2).padStart(9);

export async function bench(atra, print) {
  const loopRatios = [];
  const peerRatios = [];
  let slowest = Infinity;
  for (const rows of ROWS) {
    const data = market(rows);
    const frame = atra.Frame.from(data.typed);
    const out = Array.from({ length: 3 }, () => new Float64Array(rows));
    print(`\n${rows} bars, ns a bar\n${'indicator'.padEnd(8)}     atra      loop  × loop   packages: × atra`);
    for (const [id, { params, loop, ...packages }] of Object.entries(contenders(data, out))) {
      const first = frame.compute(id, params);
      const ours = first.values[0].slice();
      first.free();
      if (agree(ours, loop()) !== 'right') throw new Error(`${id}: the loop gives other numbers`);
      const rounds = rows > 100_000 ? 5 : 15;
      const own = fastest(() => frame.compute(id, params).free(), rows, rounds, 300_000);
      const hand = fastest(loop, rows, rounds, 300_000);
      const listed = [];
      let bestRight = Infinity;
      if (rows <= MOST_FOR_PACKAGES) {
        for (const [name, run] of Object.entries(packages)) {
          let verdict;
          try {
            verdict = agree(ours, await run());
          } catch {
            verdict = 'fails';
          }
          const time = verdict === 'fails' ? NaN : fastest(run, rows, 3);
          if (verdict === 'right') bestRight = Math.min(bestRight, time);
          listed.push(`${name} ${verdict === 'fails' ? '' : (time / own).toFixed(0)}${verdict === 'right' ? '' : ` (${verdict})`}`);
        }
      }
      if (rows >= 10_000) {
        loopRatios.push(hand / own);
        slowest = Math.min(slowest, hand / own);
        if (bestRight < Infinity) peerRatios.push(bestRight / own);
      }
      print(`${id.padEnd(8)}${ns(own, rows)} ${ns(hand, rows)}  ${(hand / own).toFixed(2).padStart(6)}   ${listed.join(', ')}`);
    }
    frame.free();
  }
  print(`\nfrom 10,000 bars: against the plain loop ${median(loopRatios).toFixed(1)} × in the median, ${slowest.toFixed(2)} × at worst;`);
  print(`against the fastest package that is right ${median(peerRatios).toFixed(1)} × in the median`);
  ticks(atra, print);
}

/** Ten indicators on one tick, and what one of them adds. */
function ticks(atra, print) {
  const { typed } = market(20_000);
  const list = ['sma', 'ema', 'rsi', 'macd', 'bbands', 'atr', 'stoch', 'adx', 'obv', 'cci'].map((id) => ({ id }));
  const bar = (row) => Object.fromEntries(Object.keys(typed).map((name) => [name, typed[name][row]]));
  const bars = Array.from({ length: 10_000 }, (_, row) => bar(10_000 + row));
  const time = (list, ticksABar) => {
    let best = Infinity;
    for (let round = 0; round < 9; round++) {
      const frame = atra.Frame.from(Object.fromEntries(Object.entries(typed).map(([name, column]) => [name, column.slice(0, 10_000)])));
      const watch = frame.watch(list);
      // In short pieces, of which some are undisturbed on a busy machine too.
      for (let from = 0; from < bars.length; from += PIECE) {
        const started = performance.now();
        for (let row = from; row < from + PIECE; row++) for (let tick = 0; tick < ticksABar; tick++) watch.update(bars[row]);
        best = Math.min(best, ((performance.now() - started) * 1e6) / (PIECE * ticksABar));
      }
      watch.free();
      frame.free();
    }
    return best;
  };
  // Of eleven ticks a bar one appends it and ten replace it.
  const replaced = (list) => (time(list, 11) * 11 - time(list, 1)) / 10;
  const [first] = list;
  const [append, appendOne, replace, replaceOne] = [time(list, 1), time([first], 1), replaced(list), replaced([first])];
  const each = (ten, one) => ((ten - one) / (list.length - 1)).toFixed(0);
  print(`\nten indicators on one tick: a new bar ${append.toFixed(0)} ns, the forming bar again ${replace.toFixed(0)} ns;`);
  print(`one alone ${appendOne.toFixed(0)} and ${replaceOne.toFixed(0)} ns, so each more ${each(append, appendOne)} and ${each(replace, replaceOne)} ns`);
}
