// Who computes what, how. A contender gives its first output column; rows it leaves out are missing at the front.
import * as debut from '@debut/indicators';
import * as ixjb from '@ixjb94/indicators';
import * as indicatorts from 'indicatorts';
import * as talib from 'talib-web';
import * as technical from 'technicalindicators';
import * as signals from 'trading-signals';
import * as loops from './loops.mjs';

const EMPTY = {};

// Under bundlers and Node, CommonJS arrives in different wrappings.
const unwrapped = (module, name) => (name in module ? module : module.default);
const D = unwrapped(debut, 'SMA');
const X = new (unwrapped(ixjb, 'IndicatorsSync').IndicatorsSync)();
const I = unwrapped(indicatorts, 'sma');
const W = unwrapped(talib, 'SMA');
const T = unwrapped(technical, 'SMA');

export const talibInit = W.init;

/** `rows` bars of a random walk, as Float64Arrays and as the plain arrays most packages take. */
export function market(rows) {
  let state = 7;
  const random = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  const typed = Object.fromEntries(
    ['time', 'open', 'high', 'low', 'close', 'volume'].map((name) => [name, new Float64Array(rows)]),
  );
  let price = 100;
  for (let row = 0; row < rows; row++) {
    const open = price;
    price = Math.max(open + random() - 0.5, 10);
    typed.time[row] = row * 60_000;
    typed.open[row] = open;
    typed.close[row] = price;
    typed.high[row] = Math.max(open, price) + random() * 0.5;
    typed.low[row] = Math.min(open, price) - random() * 0.5;
    typed.volume[row] = Math.floor(random() * 1000);
  }
  const plain = Object.fromEntries(Object.entries(typed).map(([name, column]) => [name, Array.from(column)]));
  const candles = plain.close.map((close, row) => ({ high: plain.high[row], low: plain.low[row], close }));
  return { typed, plain, candles };
}

const each = (rows, next) => {
  const out = [];
  for (const row of rows) {
    const value = next(row);
    if (value !== null && value !== undefined) out.push(value);
  }
  return out;
};

/** talib-web puts the first value in row 0 and zeros at the end: what is left without them. */
const moved = (values, lookback) => values.slice(0, values.length - lookback);

/** For every indicator: its parameters for atra, the plain loop, and the packages that have it. */
export function contenders({ typed, plain, candles }, out) {
  const { high, low, close } = plain;
  const t = typed;
  const hlc = { high, low, close };
  return {
    sma: {
      params: { period: 20 },
      loop: () => (loops.sma(t.close, 20, out[0]), out[0]),
      technicalindicators: () => T.SMA.calculate({ period: 20, values: close }),
      'trading-signals': () => { const i = new signals.SMA(20); return each(close, (x) => i.update(x, false)); },
      '@debut/indicators': () => { const i = new D.SMA(20); return each(close, (x) => i.nextValue(x)); },
      indicatorts: () => I.sma(close, { period: 20 }),
      '@ixjb94/indicators': () => X.sma(close, 20),
      'talib-web': () => moved(W.SMA({ inReal: close, timePeriod: 20 }).output, 19),
    },
    ema: {
      params: { period: 20 },
      loop: () => (loops.ema(t.close, 20, out[0]), out[0]),
      technicalindicators: () => T.EMA.calculate({ period: 20, values: close }),
      'trading-signals': () => { const i = new signals.EMA(20); return each(close, (x) => i.update(x, false)); },
      '@debut/indicators': () => { const i = new D.EMA(20); return each(close, (x) => i.nextValue(x)); },
      indicatorts: () => I.ema(close, { period: 20 }),
      '@ixjb94/indicators': () => X.ema(close, 20),
      'talib-web': () => moved(W.EMA({ inReal: close, timePeriod: 20 }).output, 19),
    },
    rsi: {
      params: { period: 14 },
      loop: () => (loops.rsi(t.close, 14, out[0]), out[0]),
      technicalindicators: () => T.RSI.calculate({ period: 14, values: close }),
      'trading-signals': () => { const i = new signals.RSI(14); return each(close, (x) => i.update(x, false)); },
      '@debut/indicators': () => { const i = new D.RSI(14); return each(close, (x) => i.nextValue(x)); },
      indicatorts: () => I.rsi(close, { period: 14 }),
      '@ixjb94/indicators': () => X.rsi(close, 14),
      'talib-web': () => moved(W.RSI({ inReal: close, timePeriod: 14 }).output, 14),
    },
    macd: {
      params: EMPTY,
      loop: () => (loops.macd(t.close, 12, 26, 9, ...out), out[0]),
      technicalindicators: () => T.MACD.calculate({ values: close, fastPeriod: 12, slowPeriod: 26, signalPeriod: 9, SimpleMAOscillator: false, SimpleMASignal: false }).map((row) => row.MACD),
      'trading-signals': () => { const i = new signals.MACD(new signals.EMA(12), new signals.EMA(26), new signals.EMA(9)); return each(close, (x) => i.update(x, false)?.macd); },
      '@debut/indicators': () => { const i = new D.MACD(12, 26, 9); return each(close, (x) => i.nextValue(x)?.macd); },
      indicatorts: () => I.macd(close, { fast: 12, slow: 26, signal: 9 }).macdLine,
      '@ixjb94/indicators': () => X.macd(close, 12, 26, 9)[0],
      'talib-web': () => moved(W.MACD({ inReal: close, fastPeriod: 12, slowPeriod: 26, signalPeriod: 9 }).MACD, 33),
    },
    bbands: {
      params: { period: 20, up: 2, down: 2 },
      loop: () => (loops.bbands(t.close, 20, 2, ...out), out[0]),
      technicalindicators: () => T.BollingerBands.calculate({ period: 20, stdDev: 2, values: close }).map((row) => row.upper),
      'trading-signals': () => { const i = new signals.BollingerBands(20, 2); return each(close, (x) => i.update(x, false)?.upper); },
      '@debut/indicators': () => { const i = new D.BollingerBands(20, 2); return each(close, (x) => i.nextValue(x)?.upper); },
      indicatorts: () => I.bb(close, { period: 20 }).upper,
      '@ixjb94/indicators': () => X.bbands(close, 20, 2)[2],
      'talib-web': () => moved(W.BBANDS({ inReal: close, timePeriod: 20, nbDevUp: 2, nbDevDn: 2, mAType: 0 }).upperBand, 19),
    },
    atr: {
      params: { period: 14 },
      loop: () => (loops.atr(t.high, t.low, t.close, 14, out[0]), out[0]),
      technicalindicators: () => T.ATR.calculate({ period: 14, ...hlc }),
      'trading-signals': () => { const i = new signals.ATR(14); return each(candles, (bar) => i.update(bar, false)); },
      '@debut/indicators': () => { const i = new D.ATR(14, 'RMA'); return each(candles, (bar) => i.nextValue(bar.high, bar.low, bar.close)); },
      indicatorts: () => I.atr(high, low, close, { period: 14 }).atrLine,
      '@ixjb94/indicators': () => X.atr(high, low, close, 14),
      'talib-web': () => moved(W.ATR({ ...hlc, timePeriod: 14 }).output, 14),
    },
    stoch: {
      params: { fastk: 14, slowk: 3, slowd: 3 },
      loop: () => (loops.stoch(t.high, t.low, t.close, 14, 3, 3, ...out), out[0]),
      'trading-signals': () => { const i = new signals.StochasticOscillator({ kPeriod: 14, kSlowingPeriod: 3, dPeriod: 3 }); return each(candles, (bar) => i.update(bar, false)?.stochK); },
      '@ixjb94/indicators': () => X.stoch(high, low, close, 14, 3, 3)[0],
      'talib-web': () => moved(W.STOCH({ ...hlc, fastK_Period: 14, slowK_Period: 3, slowK_MAType: 0, slowD_Period: 3, slowD_MAType: 0 }).slowK, 17),
    },
    adx: {
      params: { period: 14 },
      loop: () => (loops.adx(t.high, t.low, t.close, 14, out[0]), out[0]),
      technicalindicators: () => T.ADX.calculate({ period: 14, ...hlc }).map((row) => row.adx),
      'trading-signals': () => { const i = new signals.ADX(14); return each(candles, (bar) => i.update(bar, false)); },
      '@debut/indicators': () => { const i = new D.ADX(14); return each(candles, (bar) => i.nextValue(bar.high, bar.low, bar.close)?.adx); },
      '@ixjb94/indicators': () => X.adx(high, low, 14),
      'talib-web': () => moved(W.ADX({ ...hlc, timePeriod: 14 }).output, 27),
    },
  };
}
