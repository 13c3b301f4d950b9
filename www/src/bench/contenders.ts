// Who is timed, and how each is called: as its own documentation says, on data in the form it takes.
import * as indicatorts from 'indicatorts';
import * as technical from 'technicalindicators';
import { ADX, ATR, BollingerBands, EMA, MACD, RSI, SMA, StochasticOscillator } from 'trading-signals';
import type { Frame } from 'atra-wasm';
import * as plain from './plain';

/** The same candles in every form, made before anything is timed. */
export interface Data {
  frame: Frame;
  columns: plain.Columns;
  high: number[];
  low: number[];
  close: number[];
  candles: { high: number; low: number; close: number }[];
}

/** Computes an indicator over all candles and returns its last value. */
export type Run = (data: Data) => number;

export const NAMES = ['atra', 'plain', 'indicatorts', 'signals', 'technical'] as const;
export type Name = (typeof NAMES)[number];

export const TITLES: Record<Name, string> = {
  atra: 'atra',
  plain: 'JavaScript loop',
  indicatorts: 'indicatorts 2.2',
  signals: 'trading-signals 8.3',
  technical: 'technicalindicators 3.1',
};

export interface Case {
  title: string;
  runs: Partial<Record<Name, Run>>;
}

function atra(id: 'sma' | 'ema' | 'rsi' | 'macd' | 'bbands' | 'atr' | 'stoch' | 'adx', params: Record<string, number>): Run {
  return ({ frame }) => {
    const output = frame.compute(id, params as never);
    const last = output.values[0]!.at(-1)!;
    output.free();
    return last;
  };
}

/** Every price through a class of trading-signals. */
function each(make: () => { update(price: number, replace: boolean): unknown }, read: (result: never) => number): Run {
  return ({ close }) => {
    const indicator = make();
    let result: unknown;
    for (const price of close) result = indicator.update(price, false);
    return read(result as never);
  };
}

function eachCandle(make: () => { update(candle: { high: number; low: number; close: number }, replace: boolean): unknown }, read: (result: never) => number): Run {
  return ({ candles }) => {
    const indicator = make();
    let result: unknown;
    for (const candle of candles) result = indicator.update(candle, false);
    return read(result as never);
  };
}

const itself = (value: number): number => value;
const last = (values: readonly number[]): number => values.at(-1) ?? NaN;

export const CASES: readonly Case[] = [
  {
    title: 'SMA 20',
    runs: {
      atra: atra('sma', { period: 20 }),
      plain: ({ columns }) => plain.sma(columns, 20),
      indicatorts: ({ close }) => last(indicatorts.sma(close, { period: 20 })),
      signals: each(() => new SMA(20), itself),
      technical: ({ close }) => last(technical.SMA.calculate({ period: 20, values: close })),
    },
  },
  {
    title: 'EMA 20',
    runs: {
      atra: atra('ema', { period: 20 }),
      plain: ({ columns }) => plain.ema(columns, 20),
      indicatorts: ({ close }) => last(indicatorts.ema(close, { period: 20 })),
      signals: each(() => new EMA(20), itself),
      technical: ({ close }) => last(technical.EMA.calculate({ period: 20, values: close })),
    },
  },
  {
    title: 'RSI 14',
    runs: {
      atra: atra('rsi', { period: 14 }),
      plain: ({ columns }) => plain.rsi(columns, 14),
      indicatorts: ({ close }) => last(indicatorts.rsi(close, { period: 14 })),
      signals: each(() => new RSI(14), itself),
      technical: ({ close }) => last(technical.RSI.calculate({ period: 14, values: close })),
    },
  },
  {
    title: 'MACD 12 26 9',
    runs: {
      atra: atra('macd', {}),
      plain: ({ columns }) => plain.macd(columns, 12, 26, 9),
      indicatorts: ({ close }) => last(indicatorts.macd(close, { fast: 12, slow: 26, signal: 9 }).macdLine),
      signals: each(
        () => new MACD(new EMA(12), new EMA(26), new EMA(9)),
        ({ macd }: { macd: number }) => macd,
      ),
      technical: ({ close }) => {
        const all = technical.MACD.calculate({ values: close, fastPeriod: 12, slowPeriod: 26, signalPeriod: 9, SimpleMAOscillator: false, SimpleMASignal: false });
        return all.at(-1)?.MACD ?? NaN;
      },
    },
  },
  {
    title: 'BBANDS 20 2',
    runs: {
      atra: atra('bbands', { period: 20 }),
      plain: ({ columns }) => plain.bbands(columns, 20, 2),
      indicatorts: ({ close }) => last(indicatorts.bb(close, { period: 20 }).upper),
      signals: each(
        () => new BollingerBands(20, 2),
        ({ upper }: { upper: number }) => upper,
      ),
      technical: ({ close }) => technical.BollingerBands.calculate({ period: 20, stdDev: 2, values: close }).at(-1)?.upper ?? NaN,
    },
  },
  {
    title: 'ATR 14',
    runs: {
      atra: atra('atr', { period: 14 }),
      plain: ({ columns }) => plain.atr(columns, 14),
      indicatorts: ({ high, low, close }) => last(indicatorts.atr(high, low, close, { period: 14 }).atrLine),
      signals: eachCandle(() => new ATR(14), itself),
      technical: ({ high, low, close }) => last(technical.ATR.calculate({ period: 14, high, low, close })),
    },
  },
  {
    title: 'STOCH 14 3 3',
    runs: {
      atra: atra('stoch', { fastk: 14, slowk: 3, slowd: 3 }),
      plain: ({ columns }) => plain.stoch(columns, 14, 3, 3),
      signals: eachCandle(
        () => new StochasticOscillator({ kPeriod: 14, kSlowingPeriod: 3, dPeriod: 3 }),
        ({ stochK }: { stochK: number }) => stochK,
      ),
    },
  },
  {
    title: 'ADX 14',
    runs: {
      atra: atra('adx', { period: 14 }),
      plain: ({ columns }) => plain.adx(columns, 14),
      signals: eachCandle(() => new ADX(14), itself),
      technical: ({ high, low, close }) => technical.ADX.calculate({ period: 14, high, low, close }).at(-1)?.adx ?? NaN,
    },
  },
];
