// Generated from the indicators' own descriptions: cargo run -p atra-wasm --example types

/** What each indicator takes, reads and gives. */
export interface Catalog {
  /** Simple Moving Average: The mean of the last `period` values: the plainest smoothing, every bar in the window counting alike. */
  sma: {
    params: {
      /** Window in bars. A whole number from 1 to 100000, default 30. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'sma';
  };
  /** Exponential Moving Average: An average that weighs recent bars more: each new value moves it `2 / (period + 1)` of the way. */
  ema: {
    params: {
      /** Smoothing length in bars. A whole number from 1 to 100000, default 30. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'ema';
  };
  /** Weighted Moving Average: The mean of the last `period` values, weighted linearly: 1 for the oldest up to `period` for the newest. */
  wma: {
    params: {
      /** Window in bars. A whole number from 1 to 100000, default 30. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'wma';
  };
  /** Bollinger Bands: A moving average with a band of standard deviations on either side: wide when the market is restless, narrow when it is calm. */
  bbands: {
    params: {
      /** Window in bars. A whole number from 2 to 100000, default 20. */
      period?: number;
      /** Standard deviations from the middle to the upper band. A number from -3e37 to 3e37, default 2.0. */
      up?: number;
      /** Standard deviations from the middle to the lower band. A number from -3e37 to 3e37, default 2.0. */
      down?: number;
    };
    inputs: 'close';
    outputs: 'upper' | 'middle' | 'lower';
  };
  /** Supertrend: A trailing stop that follows the price at a multiple of its average true range and changes sides when the close breaks it. `direction` is +1 while it trails below the price, −1 while above. */
  supertrend: {
    params: {
      /** Averaging length of the true range in bars. A whole number from 2 to 100000, default 10. */
      period?: number;
      /** Average true ranges from the middle of the bar to a band. A number from 0.0 to 3e37, default 3.0. */
      multiplier?: number;
    };
    inputs: 'high' | 'low' | 'close';
    outputs: 'supertrend' | 'direction';
  };
  /** Relative Strength Index: Wilder's momentum oscillator: the share of rising moves in all moves, from 0 (only falls) to 100 (only rises). */
  rsi: {
    params: {
      /** Averaging length in bars. A whole number from 2 to 100000, default 14. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'rsi';
  };
  /** Moving Average Convergence Divergence: The distance between a fast and a slow exponential average, an average of that distance (the signal), and the distance between those two (the histogram). */
  macd: {
    params: {
      /** Length of the fast average in bars. A whole number from 2 to 100000, default 12. */
      fast?: number;
      /** Length of the slow average in bars. A whole number from 2 to 100000, default 26. */
      slow?: number;
      /** Length of the signal average in bars. A whole number from 1 to 100000, default 9. */
      signal?: number;
    };
    inputs: 'close';
    outputs: 'macd' | 'signal' | 'histogram';
  };
  /** Stochastic Oscillator: Where the close stands in the recent range, from 0 (at the low) to 100 (at the high), smoothed once (`k`) and again (`d`). */
  stoch: {
    params: {
      /** Window of the range in bars. A whole number from 1 to 100000, default 5. */
      fastk?: number;
      /** First smoothing in bars. A whole number from 1 to 100000, default 3. */
      slowk?: number;
      /** Second smoothing in bars. A whole number from 1 to 100000, default 3. */
      slowd?: number;
    };
    inputs: 'high' | 'low' | 'close';
    outputs: 'k' | 'd';
  };
  /** Average Directional Movement Index: How strongly the market trends, from 0 to 100, whichever way it goes. */
  adx: {
    params: {
      /** Averaging length in bars. A whole number from 2 to 100000, default 14. */
      period?: number;
    };
    inputs: 'high' | 'low' | 'close';
    outputs: 'adx';
  };
  /** Average True Range: Wilder's average of the true range: how far the price moves in a bar, gaps between bars included. */
  atr: {
    params: {
      /** Averaging length in bars. A whole number from 1 to 100000, default 14. */
      period?: number;
    };
    inputs: 'high' | 'low' | 'close';
    outputs: 'atr';
  };
  /** On-Balance Volume: A running total of volume: added on bars that close higher, subtracted on bars that close lower. */
  obv: {
    params: Record<string, never>;
    inputs: 'close' | 'volume';
    outputs: 'obv';
  };
  /** Engulfing Pattern: A body that covers the previous bar's body of the other colour: a rising one after a falling one is bullish, a falling one after a rising one bearish. */
  cdl_engulfing: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_engulfing';
  };
}
