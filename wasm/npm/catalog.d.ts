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
      /** Kind of the middle average. By name or TA-Lib's number, default 'sma'. */
      ma?: 'sma' | 'ema' | 'wma' | 'dema' | 'tema' | 'trima' | 'kama' | 'mama' | 't3' | 'hma' | 'none' | 'zlema' | 'rma' | 'vidya' | 'alma' | number;
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
  /** Double Exponential Moving Average: An exponential average with most of its lag taken off: twice the average less the average of the average. */
  dema: {
    params: {
      /** Averaging length in bars. A whole number from 1 to 100000, default 30. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'dema';
  };
  /** Triple Exponential Moving Average: An exponential average whose lag is taken off twice: closer to the price than `dema`, and more nervous. */
  tema: {
    params: {
      /** Averaging length in bars. A whole number from 1 to 100000, default 30. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'tema';
  };
  /** Triangular Moving Average: A mean of means: the weights rise to the middle of the window and fall again, so both its ends count little. */
  trima: {
    params: {
      /** Averaging length in bars. A whole number from 1 to 100000, default 30. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'trima';
  };
  /** Kaufman Adaptive Moving Average: An average that hurries when the price goes straight and nearly stands still when it goes nowhere. */
  kama: {
    params: {
      /** Window of the efficiency in bars. A whole number from 1 to 100000, default 30. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'kama';
  };
  /** T3 Moving Average: Tillson's average: six exponential averages in a row, mixed so that it is smooth and yet close to the price. */
  t3: {
    params: {
      /** Averaging length in bars. A whole number from 1 to 100000, default 5. */
      period?: number;
      /** Volume factor: how strongly lag is compensated. A number from 0.0 to 1.0, default 0.7. */
      factor?: number;
    };
    inputs: 'close';
    outputs: 't3';
  };
  /** Hull Moving Average: A weighted average of twice the fast average less the slow one: smooth, with almost no lag. */
  hma: {
    params: {
      /** Averaging length in bars. A whole number from 1 to 100000, default 20. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'hma';
  };
  /** Zero-Lag Exponential Moving Average: An exponential average over the price plus its change since half a period ago, which leads by about what the average lags. */
  zlema: {
    params: {
      /** Averaging length in bars. A whole number from 1 to 100000, default 30. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'zlema';
  };
  /** Wilder's Moving Average: Wilder's smoothing: an exponential average that moves `1 / period` of the way to each new value. */
  rma: {
    params: {
      /** Averaging length in bars. A whole number from 1 to 100000, default 30. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'rma';
  };
  /** Moving Average: Any moving average, chosen by name. */
  ma: {
    params: {
      /** Averaging length in bars. A whole number from 1 to 100000, default 30. */
      period?: number;
      /** Kind of moving average. By name or TA-Lib's number, default 'sma'. */
      ma?: 'sma' | 'ema' | 'wma' | 'dema' | 'tema' | 'trima' | 'kama' | 'mama' | 't3' | 'hma' | 'none' | 'zlema' | 'rma' | 'vidya' | 'alma' | number;
    };
    inputs: 'close';
    outputs: 'ma';
  };
  /** MESA Adaptive Moving Average: Ehlers' average that adapts to the phase of the market's cycle, and a slower one (`fama`) that follows it; their crossings mark turns. */
  mama: {
    params: {
      /** Largest rate. A number from 0.01 to 0.99, default 0.5. */
      fast?: number;
      /** Smallest rate. A number from 0.01 to 0.99, default 0.05. */
      slow?: number;
    };
    inputs: 'close';
    outputs: 'mama' | 'fama';
  };
  /** Acceleration Bands: Bands that widen with the size of the bars: a breakout that holds beyond them shows acceleration. */
  accbands: {
    params: {
      /** Window in bars. A whole number from 2 to 100000, default 20. */
      period?: number;
    };
    inputs: 'high' | 'low' | 'close';
    outputs: 'upper' | 'middle' | 'lower';
  };
  /** Donchian Channel: The highest high and lowest low of the last `period` bars, and the middle between them. */
  donchian: {
    params: {
      /** Window in bars. A whole number from 2 to 100000, default 20. */
      period?: number;
    };
    inputs: 'high' | 'low';
    outputs: 'upper' | 'middle' | 'lower';
  };
  /** Keltner Channel: An exponential average of the typical price with a band of average true ranges on either side. */
  kc: {
    params: {
      /** Length of the average in bars. A whole number from 1 to 100000, default 20. */
      period?: number;
      /** Length of the average true range in bars. A whole number from 1 to 100000, default 10. */
      atr_period?: number;
      /** Average true ranges from the middle to a band. A number from 0.0 to 3e37, default 2.0. */
      multiplier?: number;
    };
    inputs: 'high' | 'low' | 'close';
    outputs: 'upper' | 'middle' | 'lower';
  };
  /** Midpoint: The middle between the highest and the lowest of the last `period` values. */
  midpoint: {
    params: {
      /** Window in bars. A whole number from 2 to 100000, default 14. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'midpoint';
  };
  /** Midpoint Price: The middle between the highest high and the lowest low of the last `period` bars. */
  midprice: {
    params: {
      /** Window in bars. A whole number from 2 to 100000, default 14. */
      period?: number;
    };
    inputs: 'high' | 'low';
    outputs: 'midprice';
  };
  /** Volume-Weighted Moving Average: The mean of the last `period` values, each counting by its volume. */
  vwma: {
    params: {
      /** Window in bars. A whole number from 1 to 100000, default 30. */
      period?: number;
    };
    inputs: 'close' | 'volume';
    outputs: 'vwma';
  };
  /** Hilbert Transform, Instantaneous Trendline: The price averaged over one dominant cycle, which takes the cycle out and leaves the trend. */
  ht_trendline: {
    params: Record<string, never>;
    inputs: 'close';
    outputs: 'ht_trendline';
  };
  /** Parabolic SAR: A stop that trails the price faster and faster as the trend makes new extremes, and changes sides when it is touched. */
  sar: {
    params: {
      /** Step of the rate. A number from 0.0 to 3e37, default 0.02. */
      acceleration?: number;
      /** Largest rate. A number from 0.0 to 3e37, default 0.2. */
      maximum?: number;
    };
    inputs: 'high' | 'low';
    outputs: 'sar';
  };
  /** Parabolic SAR, Extended: `sar` with a choice of start and of separate rates for both directions; negative while short. */
  sarext: {
    params: {
      /** First stop and direction, 0 to decide by the data. A number from -3e37 to 3e37, default 0.0. */
      start?: number;
      /** Share by which the stop moves away on a change of sides. A number from 0.0 to 3e37, default 0.0. */
      offset?: number;
      /** First rate while long. A number from 0.0 to 3e37, default 0.02. */
      long_initial?: number;
      /** Step of the rate while long. A number from 0.0 to 3e37, default 0.02. */
      long_step?: number;
      /** Largest rate while long. A number from 0.0 to 3e37, default 0.2. */
      long_maximum?: number;
      /** First rate while short. A number from 0.0 to 3e37, default 0.02. */
      short_initial?: number;
      /** Step of the rate while short. A number from 0.0 to 3e37, default 0.02. */
      short_step?: number;
      /** Largest rate while short. A number from 0.0 to 3e37, default 0.2. */
      short_maximum?: number;
    };
    inputs: 'high' | 'low';
    outputs: 'sarext';
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
      /** Kind of the first smoothing. By name or TA-Lib's number, default 'sma'. */
      slowk_ma?: 'sma' | 'ema' | 'wma' | 'dema' | 'tema' | 'trima' | 'kama' | 'mama' | 't3' | 'hma' | 'none' | 'zlema' | 'rma' | 'vidya' | 'alma' | number;
      /** Second smoothing in bars. A whole number from 1 to 100000, default 3. */
      slowd?: number;
      /** Kind of the second smoothing. By name or TA-Lib's number, default 'sma'. */
      slowd_ma?: 'sma' | 'ema' | 'wma' | 'dema' | 'tema' | 'trima' | 'kama' | 'mama' | 't3' | 'hma' | 'none' | 'zlema' | 'rma' | 'vidya' | 'alma' | number;
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
  /** Forecast Oscillator: How far the price is from the forecast made one bar ago by the least-squares line, in per cent of the price. */
  fosc: {
    params: {
      /** Window in bars. A whole number from 2 to 100000, default 5. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'fosc';
  };
  /** Plus Directional Movement: Wilder's running sum of how far bars reach above the previous high when that is the larger reach. */
  plus_dm: {
    params: {
      /** Averaging length in bars. A whole number from 1 to 100000, default 14. */
      period?: number;
    };
    inputs: 'high' | 'low';
    outputs: 'plus_dm';
  };
  /** Minus Directional Movement: Wilder's running sum of how far bars reach below the previous low when that is the larger reach. */
  minus_dm: {
    params: {
      /** Averaging length in bars. A whole number from 1 to 100000, default 14. */
      period?: number;
    };
    inputs: 'high' | 'low';
    outputs: 'minus_dm';
  };
  /** Plus Directional Indicator: The share of the true range that went upwards, 0 to 100. */
  plus_di: {
    params: {
      /** Averaging length in bars. A whole number from 2 to 100000, default 14. */
      period?: number;
    };
    inputs: 'high' | 'low' | 'close';
    outputs: 'plus_di';
  };
  /** Minus Directional Indicator: The share of the true range that went downwards, 0 to 100. */
  minus_di: {
    params: {
      /** Averaging length in bars. A whole number from 2 to 100000, default 14. */
      period?: number;
    };
    inputs: 'high' | 'low' | 'close';
    outputs: 'minus_di';
  };
  /** Directional Movement Index: How one-sided the market's movement is, 0 to 100. */
  dx: {
    params: {
      /** Averaging length in bars. A whole number from 2 to 100000, default 14. */
      period?: number;
    };
    inputs: 'high' | 'low' | 'close';
    outputs: 'dx';
  };
  /** Average Directional Movement Index Rating: The mean of `adx` now and `period - 1` bars ago. */
  adxr: {
    params: {
      /** Averaging length in bars. A whole number from 2 to 100000, default 14. */
      period?: number;
    };
    inputs: 'high' | 'low' | 'close';
    outputs: 'adxr';
  };
  /** Momentum: How far the price is from where it was `period` bars ago. */
  mom: {
    params: {
      /** Distance in bars. A whole number from 1 to 100000, default 10. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'mom';
  };
  /** Rate of Change: The price's change since `period` bars ago, in per cent. */
  roc: {
    params: {
      /** Distance in bars. A whole number from 1 to 100000, default 10. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'roc';
  };
  /** Rate of Change Percentage: The price's change since `period` bars ago as a fraction. */
  rocp: {
    params: {
      /** Distance in bars. A whole number from 1 to 100000, default 10. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'rocp';
  };
  /** Rate of Change Ratio: The price as a multiple of that `period` bars ago. */
  rocr: {
    params: {
      /** Distance in bars. A whole number from 1 to 100000, default 10. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'rocr';
  };
  /** Rate of Change Ratio, 100 Scale: The price in per cent of that `period` bars ago. */
  rocr100: {
    params: {
      /** Distance in bars. A whole number from 1 to 100000, default 10. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'rocr100';
  };
  /** Awesome Oscillator: The distance between a fast and a slow simple average of the bars' middles. */
  ao: {
    params: {
      /** Averaging length in bars. A whole number from 1 to 100000, default 5. */
      fast?: number;
      /** Averaging length in bars. A whole number from 1 to 100000, default 34. */
      slow?: number;
    };
    inputs: 'high' | 'low';
    outputs: 'ao';
  };
  /** Accelerator Oscillator: How far the awesome oscillator is from its own average: whether the driving force grows. */
  ac: {
    params: {
      /** Averaging length in bars. A whole number from 1 to 100000, default 5. */
      fast?: number;
      /** Averaging length in bars. A whole number from 1 to 100000, default 34. */
      slow?: number;
      /** Length of the signal average in bars. A whole number from 1 to 100000, default 5. */
      signal?: number;
    };
    inputs: 'high' | 'low';
    outputs: 'ac';
  };
  /** Absolute Price Oscillator: The distance between a fast and a slow moving average. */
  apo: {
    params: {
      /** Averaging length in bars. A whole number from 2 to 100000, default 12. */
      fast?: number;
      /** Averaging length in bars. A whole number from 2 to 100000, default 26. */
      slow?: number;
      /** Kind of both averages. By name or TA-Lib's number, default 'ema'. */
      ma?: 'sma' | 'ema' | 'wma' | 'dema' | 'tema' | 'trima' | 'kama' | 'mama' | 't3' | 'hma' | 'none' | 'zlema' | 'rma' | 'vidya' | 'alma' | number;
    };
    inputs: 'close';
    outputs: 'apo';
  };
  /** Percentage Price Oscillator: The distance between a fast and a slow moving average, in per cent of the slow one: comparable between markets. */
  ppo: {
    params: {
      /** Averaging length in bars. A whole number from 2 to 100000, default 12. */
      fast?: number;
      /** Averaging length in bars. A whole number from 2 to 100000, default 26. */
      slow?: number;
      /** Kind of both averages. By name or TA-Lib's number, default 'ema'. */
      ma?: 'sma' | 'ema' | 'wma' | 'dema' | 'tema' | 'trima' | 'kama' | 'mama' | 't3' | 'hma' | 'none' | 'zlema' | 'rma' | 'vidya' | 'alma' | number;
    };
    inputs: 'close';
    outputs: 'ppo';
  };
  /** Aroon: How long ago the lowest low and the highest high of the window were: 100 now, 0 at its far end. */
  aroon: {
    params: {
      /** Window in bars. A whole number from 2 to 100000, default 14. */
      period?: number;
    };
    inputs: 'high' | 'low';
    outputs: 'down' | 'up';
  };
  /** Aroon Oscillator: Aroon up less aroon down, -100 to 100. */
  aroonosc: {
    params: {
      /** Window in bars. A whole number from 2 to 100000, default 14. */
      period?: number;
    };
    inputs: 'high' | 'low';
    outputs: 'aroonosc';
  };
  /** Balance of Power: Whether buyers or sellers moved the price within the bar, -1 to 1. */
  bop: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'bop';
  };
  /** Commodity Channel Index: How far the typical price is from its mean, in mean deviations. */
  cci: {
    params: {
      /** Window in bars. A whole number from 2 to 100000, default 14. */
      period?: number;
    };
    inputs: 'high' | 'low' | 'close';
    outputs: 'cci';
  };
  /** Chande Momentum Oscillator: Gains less losses against both, Wilder-smoothed: -100 (only falls) to 100 (only rises). */
  cmo: {
    params: {
      /** Averaging length in bars. A whole number from 2 to 100000, default 14. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'cmo';
  };
  /** Chande Momentum Oscillator, Unsmoothed: Gains less losses against both over the last `period` bars, as Chande has it: -100 to 100. */
  cmou: {
    params: {
      /** Window in changes. A whole number from 2 to 100000, default 14. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'cmou';
  };
  /** Coppock Curve: A weighted average of two rates of change: made to find the bottoms of long bear markets. */
  coppock: {
    params: {
      /** Length of the weighted average in bars. A whole number from 1 to 100000, default 10. */
      wma?: number;
      /** Distance of the first rate of change in bars. A whole number from 1 to 100000, default 11. */
      roc1?: number;
      /** Distance of the second rate of change in bars. A whole number from 1 to 100000, default 14. */
      roc2?: number;
    };
    inputs: 'close';
    outputs: 'coppock';
  };
  /** Detrended Price Oscillator: An earlier price against the average now: cycles shorter than the period stand out, the trend is gone. */
  dpo: {
    params: {
      /** Averaging length in bars. A whole number from 1 to 100000, default 20. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'dpo';
  };
  /** Efficiency Ratio: How straight the price went: its net change against the sum of its changes, 0 to 1. */
  er: {
    params: {
      /** Window in changes. A whole number from 1 to 100000, default 10. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'er';
  };
  /** Elder Ray Index: How far buyers (`bull`) and sellers (`bear`) can push the price from its average. */
  eri: {
    params: {
      /** Averaging length in bars. A whole number from 1 to 100000, default 13. */
      period?: number;
    };
    inputs: 'high' | 'low' | 'close';
    outputs: 'bull' | 'bear';
  };
  /** Intraday Momentum Index: An RSI of bodies: the share of rising bodies in all, 0 to 100. */
  imi: {
    params: {
      /** Window in bars. A whole number from 2 to 100000, default 14. */
      period?: number;
    };
    inputs: 'open' | 'close';
    outputs: 'imi';
  };
  /** Money Flow Index: An RSI weighted by volume: the share of money that flowed on rising typical prices, 0 to 100. */
  mfi: {
    params: {
      /** Window in bars. A whole number from 2 to 100000, default 14. */
      period?: number;
    };
    inputs: 'high' | 'low' | 'close' | 'volume';
    outputs: 'mfi';
  };
  /** Qstick: The mean body of the last `period` bars: positive when buyers prevail. */
  qstick: {
    params: {
      /** Averaging length in bars. A whole number from 1 to 100000, default 10. */
      period?: number;
    };
    inputs: 'open' | 'close';
    outputs: 'qstick';
  };
  /** Williams %R: Where the close stands in the recent range, from -100 (at the low) to 0 (at the high). */
  willr: {
    params: {
      /** Window in bars. A whole number from 2 to 100000, default 14. */
      period?: number;
    };
    inputs: 'high' | 'low' | 'close';
    outputs: 'willr';
  };
  /** Fast Stochastic Oscillator: Where the close stands in the recent range, from 0 (at the low) to 100 (at the high), unsmoothed (`k`) and smoothed once (`d`). */
  stochf: {
    params: {
      /** Window of the range in bars. A whole number from 1 to 100000, default 5. */
      fastk?: number;
      /** Smoothing in bars. A whole number from 1 to 100000, default 3. */
      fastd?: number;
      /** Kind of the smoothing. By name or TA-Lib's number, default 'sma'. */
      fastd_ma?: 'sma' | 'ema' | 'wma' | 'dema' | 'tema' | 'trima' | 'kama' | 'mama' | 't3' | 'hma' | 'none' | 'zlema' | 'rma' | 'vidya' | 'alma' | number;
    };
    inputs: 'high' | 'low' | 'close';
    outputs: 'k' | 'd';
  };
  /** Stochastic RSI: Where the RSI stands in its own recent range, unsmoothed (`k`) and smoothed once (`d`): quicker than either. */
  stochrsi: {
    params: {
      /** Averaging length of the RSI in bars. A whole number from 2 to 100000, default 14. */
      period?: number;
      /** Window of the range in bars. A whole number from 1 to 100000, default 5. */
      fastk?: number;
      /** Smoothing in bars. A whole number from 1 to 100000, default 3. */
      fastd?: number;
      /** Kind of the smoothing. By name or TA-Lib's number, default 'sma'. */
      fastd_ma?: 'sma' | 'ema' | 'wma' | 'dema' | 'tema' | 'trima' | 'kama' | 'mama' | 't3' | 'hma' | 'none' | 'zlema' | 'rma' | 'vidya' | 'alma' | number;
    };
    inputs: 'close';
    outputs: 'k' | 'd';
  };
  /** KDJ: A stochastic oscillator with Wilder's smoothing and a third line, `j`, that runs ahead of the other two. */
  kdj: {
    params: {
      /** Window of the range in bars. A whole number from 1 to 100000, default 9. */
      fastk?: number;
      /** First smoothing in bars. A whole number from 1 to 100000, default 3. */
      slowk?: number;
      /** Kind of the first smoothing. By name or TA-Lib's number, default 'rma'. */
      slowk_ma?: 'sma' | 'ema' | 'wma' | 'dema' | 'tema' | 'trima' | 'kama' | 'mama' | 't3' | 'hma' | 'none' | 'zlema' | 'rma' | 'vidya' | 'alma' | number;
      /** Second smoothing in bars. A whole number from 1 to 100000, default 3. */
      slowd?: number;
      /** Kind of the second smoothing. By name or TA-Lib's number, default 'rma'. */
      slowd_ma?: 'sma' | 'ema' | 'wma' | 'dema' | 'tema' | 'trima' | 'kama' | 'mama' | 't3' | 'hma' | 'none' | 'zlema' | 'rma' | 'vidya' | 'alma' | number;
    };
    inputs: 'high' | 'low' | 'close';
    outputs: 'k' | 'd' | 'j';
  };
  /** MACD Fix 12/26: `macd` of 12 and 26 bars with the rounded rates of its early days, 0.15 and 0.075. */
  macdfix: {
    params: {
      /** Length of the signal average in bars. A whole number from 1 to 100000, default 9. */
      signal?: number;
    };
    inputs: 'close';
    outputs: 'macd' | 'signal' | 'histogram';
  };
  /** MACD With Any Averages: `macd` with the kind of each of its three averages chosen. */
  macdext: {
    params: {
      /** Averaging length in bars. A whole number from 2 to 100000, default 12. */
      fast?: number;
      /** Kind of the fast average. By name or TA-Lib's number, default 'sma'. */
      fast_ma?: 'sma' | 'ema' | 'wma' | 'dema' | 'tema' | 'trima' | 'kama' | 'mama' | 't3' | 'hma' | 'none' | 'zlema' | 'rma' | 'vidya' | 'alma' | number;
      /** Averaging length in bars. A whole number from 2 to 100000, default 26. */
      slow?: number;
      /** Kind of the slow average. By name or TA-Lib's number, default 'sma'. */
      slow_ma?: 'sma' | 'ema' | 'wma' | 'dema' | 'tema' | 'trima' | 'kama' | 'mama' | 't3' | 'hma' | 'none' | 'zlema' | 'rma' | 'vidya' | 'alma' | number;
      /** Length of the signal average in bars. A whole number from 1 to 100000, default 9. */
      signal?: number;
      /** Kind of the signal average. By name or TA-Lib's number, default 'sma'. */
      signal_ma?: 'sma' | 'ema' | 'wma' | 'dema' | 'tema' | 'trima' | 'kama' | 'mama' | 't3' | 'hma' | 'none' | 'zlema' | 'rma' | 'vidya' | 'alma' | number;
    };
    inputs: 'close';
    outputs: 'macd' | 'signal' | 'histogram';
  };
  /** TRIX: The rate of change of a price smoothed three times: cycles shorter than the period are gone. */
  trix: {
    params: {
      /** Averaging length in bars. A whole number from 1 to 100000, default 30. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'trix';
  };
  /** True Strength Index: The price's changes smoothed twice, against the same of their sizes: -100 to 100. */
  tsi: {
    params: {
      /** First smoothing in bars. A whole number from 1 to 100000, default 25. */
      first?: number;
      /** Second smoothing in bars. A whole number from 1 to 100000, default 13. */
      second?: number;
    };
    inputs: 'close';
    outputs: 'tsi';
  };
  /** Stochastic Momentum Index: Where the close stands against the middle of the recent range, smoothed twice, and an average of that: -100 to 100. */
  smi: {
    params: {
      /** Window of the range in bars. A whole number from 1 to 100000, default 13. */
      period?: number;
      /** Second smoothing in bars. A whole number from 1 to 100000, default 2. */
      fast?: number;
      /** First smoothing in bars. A whole number from 1 to 100000, default 25. */
      slow?: number;
      /** Length of the signal average in bars. A whole number from 1 to 100000, default 9. */
      signal?: number;
    };
    inputs: 'high' | 'low' | 'close';
    outputs: 'smi' | 'signal';
  };
  /** Ultimate Oscillator: Buying pressure over three windows, the shortest counting most: 0 to 100. */
  ultosc: {
    params: {
      /** First window in bars. A whole number from 1 to 100000, default 7. */
      short?: number;
      /** Second window in bars. A whole number from 1 to 100000, default 14. */
      medium?: number;
      /** Third window in bars. A whole number from 1 to 100000, default 28. */
      long?: number;
    };
    inputs: 'high' | 'low' | 'close';
    outputs: 'ultosc';
  };
  /** Vertical Horizontal Filter: Whether the market trends: the range of the last `period` values against the sum of their changes. */
  vhf: {
    params: {
      /** Window in bars. A whole number from 2 to 100000, default 28. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'vhf';
  };
  /** Vortex Indicator: How far bars reach from the previous bar's opposite end, against the true range: `plus` above `minus` in an up-trend. */
  vortex: {
    params: {
      /** Window in bars. A whole number from 1 to 100000, default 14. */
      period?: number;
    };
    inputs: 'high' | 'low' | 'close';
    outputs: 'plus' | 'minus';
  };
  /** Williams' Accumulation/Distribution: A running total of how far closes are from the bars' true extremes, without volume. */
  wad: {
    params: Record<string, never>;
    inputs: 'high' | 'low' | 'close';
    outputs: 'wad';
  };
  /** Williams Fractals: Marks bars whose high (low) is above (below) all of `left` bars before and `right` bars after, at the bar that confirms them. */
  fractal: {
    params: {
      /** Bars before the extreme. A whole number from 1 to 100000, default 2. */
      left?: number;
      /** Bars after the extreme. A whole number from 1 to 100000, default 2. */
      right?: number;
    };
    inputs: 'high' | 'low';
    outputs: 'swinghigh' | 'swinglow';
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
  /** True Range: How far the price moved in a bar, the gap from the bar before included. */
  trange: {
    params: Record<string, never>;
    inputs: 'high' | 'low' | 'close';
    outputs: 'trange';
  };
  /** Normalized Average True Range: Wilder's average true range in per cent of the close: comparable between markets. */
  natr: {
    params: {
      /** Averaging length in bars. A whole number from 1 to 100000, default 14. */
      period?: number;
    };
    inputs: 'high' | 'low' | 'close';
    outputs: 'natr';
  };
  /** Average Daily Range: The mean of high less low over the last `period` bars. */
  adr: {
    params: {
      /** Window in bars. A whole number from 1 to 100000, default 14. */
      period?: number;
    };
    inputs: 'high' | 'low';
    outputs: 'adr';
  };
  /** Chaikin Volatility: How much the average range has grown since `roc` bars ago, in per cent. */
  cvi: {
    params: {
      /** Averaging length in bars. A whole number from 1 to 100000, default 10. */
      period?: number;
      /** Distance of the comparison in bars. A whole number from 1 to 100000, default 10. */
      roc?: number;
    };
    inputs: 'high' | 'low';
    outputs: 'cvi';
  };
  /** Mass Index: A sum of how much the average range exceeds its own average: a bulge above 27 that falls below 26.5 warns of a reversal. */
  massi: {
    params: {
      /** Averaging length in bars. A whole number from 1 to 100000, default 9. */
      fast?: number;
      /** Window of the sum in bars. A whole number from 1 to 100000, default 25. */
      slow?: number;
    };
    inputs: 'high' | 'low';
    outputs: 'massi';
  };
  /** Relative Volatility Index: An RSI of standard deviations: the share of volatility that falls on rising bars, 0 to 100. */
  rvi: {
    params: {
      /** Averaging length in bars. A whole number from 1 to 100000, default 14. */
      period?: number;
      /** Window of the standard deviation in bars. A whole number from 2 to 100000, default 10. */
      deviation?: number;
    };
    inputs: 'close';
    outputs: 'rvi';
  };
  /** On-Balance Volume: A running total of volume: added on bars that close higher, subtracted on bars that close lower. */
  obv: {
    params: Record<string, never>;
    inputs: 'close' | 'volume';
    outputs: 'obv';
  };
  /** Accumulation/Distribution Line: A running total of volume, counted by where in its range each bar closes: rising when closes near the high carry the volume. */
  ad: {
    params: Record<string, never>;
    inputs: 'high' | 'low' | 'close' | 'volume';
    outputs: 'ad';
  };
  /** Chaikin Oscillator: The distance between a fast and a slow exponential average of the accumulation/distribution line. */
  adosc: {
    params: {
      /** Averaging length in bars. A whole number from 2 to 100000, default 3. */
      fast?: number;
      /** Averaging length in bars. A whole number from 2 to 100000, default 10. */
      slow?: number;
    };
    inputs: 'high' | 'low' | 'close' | 'volume';
    outputs: 'adosc';
  };
  /** Chaikin Money Flow: The share of the last `period` bars' volume that flowed in, from -1 to 1. */
  cmf: {
    params: {
      /** Window in bars. A whole number from 1 to 100000, default 20. */
      period?: number;
    };
    inputs: 'high' | 'low' | 'close' | 'volume';
    outputs: 'cmf';
  };
  /** Elder's Force Index: The price's change times the volume behind it, averaged. */
  efi: {
    params: {
      /** Averaging length in bars. A whole number from 1 to 100000, default 13. */
      period?: number;
    };
    inputs: 'close' | 'volume';
    outputs: 'efi';
  };
  /** Market Facilitation Index: How far the price moved for the volume traded. */
  marketfi: {
    params: Record<string, never>;
    inputs: 'high' | 'low' | 'volume';
    outputs: 'marketfi';
  };
  /** Negative Volume Index: An index that follows the price only on bars with less volume than the bar before. */
  nvi: {
    params: Record<string, never>;
    inputs: 'close' | 'volume';
    outputs: 'nvi';
  };
  /** Positive Volume Index: An index that follows the price only on bars with more volume than the bar before. */
  pvi: {
    params: Record<string, never>;
    inputs: 'close' | 'volume';
    outputs: 'pvi';
  };
  /** Price Volume Trend: A running total of volume times the price's relative change. */
  pvt: {
    params: Record<string, never>;
    inputs: 'close' | 'volume';
    outputs: 'pvt';
  };
  /** Percentage Volume Oscillator: The distance between a fast and a slow average of volume, in per cent of the slow one. */
  pvo: {
    params: {
      /** Averaging length in bars. A whole number from 2 to 100000, default 12. */
      fast?: number;
      /** Averaging length in bars. A whole number from 2 to 100000, default 26. */
      slow?: number;
      /** Kind of both averages. By name or TA-Lib's number, default 'ema'. */
      ma?: 'sma' | 'ema' | 'wma' | 'dema' | 'tema' | 'trima' | 'kama' | 'mama' | 't3' | 'hma' | 'none' | 'zlema' | 'rma' | 'vidya' | 'alma' | number;
    };
    inputs: 'volume';
    outputs: 'pvo';
  };
  /** Relative Volume: Volume against the mean of the `period` bars before. */
  rvol: {
    params: {
      /** Window in bars. A whole number from 1 to 100000, default 20. */
      period?: number;
    };
    inputs: 'volume';
    outputs: 'rvol';
  };
  /** Volume-Weighted Average Price: The average price paid since the series began. */
  vwap: {
    params: Record<string, never>;
    inputs: 'high' | 'low' | 'close' | 'volume';
    outputs: 'vwap';
  };
  /** Average Price: The mean of a bar's four prices. */
  avgprice: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'avgprice';
  };
  /** Median Price: The middle of a bar's range. */
  medprice: {
    params: Record<string, never>;
    inputs: 'high' | 'low';
    outputs: 'medprice';
  };
  /** Typical Price: The mean of high, low and close. */
  typprice: {
    params: Record<string, never>;
    inputs: 'high' | 'low' | 'close';
    outputs: 'typprice';
  };
  /** Weighted Close Price: The mean of high, low and close, the close counting twice. */
  wclprice: {
    params: Record<string, never>;
    inputs: 'high' | 'low' | 'close';
    outputs: 'wclprice';
  };
  /** Average Deviation: The mean distance of the last `period` values from their mean. */
  avgdev: {
    params: {
      /** Window in bars. A whole number from 2 to 100000, default 14. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'avgdev';
  };
  /** Heikin-Ashi Candles: Candles of averaged prices: runs of one colour show a trend that single bars hide. */
  ha: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'open' | 'high' | 'low' | 'close';
  };
  /** Hilbert Transform, Dominant Cycle Period: The length of the market's dominant cycle in bars, 6 to 50. */
  ht_dcperiod: {
    params: Record<string, never>;
    inputs: 'close';
    outputs: 'ht_dcperiod';
  };
  /** Hilbert Transform, Phasor Components: The in-phase and quadrature parts of the price's cycle. */
  ht_phasor: {
    params: Record<string, never>;
    inputs: 'close';
    outputs: 'in_phase' | 'quadrature';
  };
  /** Hilbert Transform, Dominant Cycle Phase: Where in its dominant cycle the market is, in degrees, -45 to 315. */
  ht_dcphase: {
    params: Record<string, never>;
    inputs: 'close';
    outputs: 'ht_dcphase';
  };
  /** Hilbert Transform, Sine Wave: The sine of the dominant cycle's phase, and the same an eighth of a cycle ahead: their crossings mark turns in a market that cycles. */
  ht_sine: {
    params: Record<string, never>;
    inputs: 'close';
    outputs: 'sine' | 'lead';
  };
  /** Hilbert Transform, Trend Mode: Whether the market trends (1) or cycles (0). */
  ht_trendmode: {
    params: Record<string, never>;
    inputs: 'close';
    outputs: 'ht_trendmode';
  };
  /** Variance: The population variance of the last `period` values. */
  var: {
    params: {
      /** Window in bars. A whole number from 1 to 100000, default 5. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'var';
  };
  /** Standard Deviation: The population standard deviation of the last `period` values, times a factor. */
  stddev: {
    params: {
      /** Window in bars. A whole number from 2 to 100000, default 5. */
      period?: number;
      /** Factor. A number from -3e37 to 3e37, default 1.0. */
      deviations?: number;
    };
    inputs: 'close';
    outputs: 'stddev';
  };
  /** Linear Regression: Where the least-squares line through the last `period` values stands at the newest bar. */
  linearreg: {
    params: {
      /** Window in bars. A whole number from 2 to 100000, default 14. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'linearreg';
  };
  /** Linear Regression Slope: How much the least-squares line through the last `period` values rises a bar. */
  linearreg_slope: {
    params: {
      /** Window in bars. A whole number from 2 to 100000, default 14. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'linearreg_slope';
  };
  /** Linear Regression Intercept: Where the least-squares line through the last `period` values stands at the oldest bar of the window. */
  linearreg_intercept: {
    params: {
      /** Window in bars. A whole number from 2 to 100000, default 14. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'linearreg_intercept';
  };
  /** Linear Regression Angle: The angle of the least-squares line through the last `period` values, in degrees, a bar counting as one unit of price. */
  linearreg_angle: {
    params: {
      /** Window in bars. A whole number from 2 to 100000, default 14. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'linearreg_angle';
  };
  /** Time Series Forecast: Where the least-squares line through the last `period` values would stand at the next bar. */
  tsf: {
    params: {
      /** Window in bars. A whole number from 2 to 100000, default 14. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'tsf';
  };
  /** Pearson Correlation: How closely two columns move together over the last `period` bars: 1 alike, -1 opposite, 0 not at all. High and low unless others are named. */
  correl: {
    params: {
      /** Window in bars. A whole number from 1 to 100000, default 30. */
      period?: number;
    };
    inputs: 'high' | 'low';
    outputs: 'correl';
  };
  /** Beta: How strongly the second column's returns move with the first's over the last `period` bars. High and low unless others are named. */
  beta: {
    params: {
      /** Window in returns. A whole number from 1 to 100000, default 5. */
      period?: number;
    };
    inputs: 'high' | 'low';
    outputs: 'beta';
  };
  /** Rolling Percentile: The value below which a share of the last `period` values lies. */
  percentile: {
    params: {
      /** Window in bars. A whole number from 1 to 100000, default 30. */
      period?: number;
      /** Share in per cent. A number from 0.0 to 100.0, default 50.0. */
      percentile?: number;
    };
    inputs: 'close';
    outputs: 'percentile';
  };
  /** Percent Rank: How many of the last `period` values are below the current one, in per cent. */
  percentrank: {
    params: {
      /** Window in bars. A whole number from 1 to 100000, default 100. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'percentrank';
  };
  /** Arc Cosine: Arc cosine, in radians of each value. */
  acos: {
    params: Record<string, never>;
    inputs: 'close';
    outputs: 'acos';
  };
  /** Arc Sine: Arc sine, in radians of each value. */
  asin: {
    params: Record<string, never>;
    inputs: 'close';
    outputs: 'asin';
  };
  /** Arc Tangent: Arc tangent, in radians of each value. */
  atan: {
    params: Record<string, never>;
    inputs: 'close';
    outputs: 'atan';
  };
  /** Ceiling: The nearest whole number not below of each value. */
  ceil: {
    params: Record<string, never>;
    inputs: 'close';
    outputs: 'ceil';
  };
  /** Cosine: Cosine of radians of each value. */
  cos: {
    params: Record<string, never>;
    inputs: 'close';
    outputs: 'cos';
  };
  /** Hyperbolic Cosine: Hyperbolic cosine of each value. */
  cosh: {
    params: Record<string, never>;
    inputs: 'close';
    outputs: 'cosh';
  };
  /** Exponential: e to the power of the input of each value. */
  exp: {
    params: Record<string, never>;
    inputs: 'close';
    outputs: 'exp';
  };
  /** Floor: The nearest whole number not above of each value. */
  floor: {
    params: Record<string, never>;
    inputs: 'close';
    outputs: 'floor';
  };
  /** Natural Logarithm: Natural logarithm of each value. */
  ln: {
    params: Record<string, never>;
    inputs: 'close';
    outputs: 'ln';
  };
  /** Decimal Logarithm: Logarithm to base 10 of each value. */
  log10: {
    params: Record<string, never>;
    inputs: 'close';
    outputs: 'log10';
  };
  /** Sine: Sine of radians of each value. */
  sin: {
    params: Record<string, never>;
    inputs: 'close';
    outputs: 'sin';
  };
  /** Hyperbolic Sine: Hyperbolic sine of each value. */
  sinh: {
    params: Record<string, never>;
    inputs: 'close';
    outputs: 'sinh';
  };
  /** Square Root: Square root of each value. */
  sqrt: {
    params: Record<string, never>;
    inputs: 'close';
    outputs: 'sqrt';
  };
  /** Tangent: Tangent of radians of each value. */
  tan: {
    params: Record<string, never>;
    inputs: 'close';
    outputs: 'tan';
  };
  /** Hyperbolic Tangent: Hyperbolic tangent of each value. */
  tanh: {
    params: Record<string, never>;
    inputs: 'close';
    outputs: 'tanh';
  };
  /** Addition: The sum of two columns, high and low unless others are named. */
  add: {
    params: Record<string, never>;
    inputs: 'high' | 'low';
    outputs: 'add';
  };
  /** Subtraction: The difference of two columns, high and low unless others are named. */
  sub: {
    params: Record<string, never>;
    inputs: 'high' | 'low';
    outputs: 'sub';
  };
  /** Multiplication: The product of two columns, high and low unless others are named. */
  mult: {
    params: Record<string, never>;
    inputs: 'high' | 'low';
    outputs: 'mult';
  };
  /** Division: The quotient of two columns, high and low unless others are named. */
  div: {
    params: Record<string, never>;
    inputs: 'high' | 'low';
    outputs: 'div';
  };
  /** Cumulative Sum: A running total. */
  cumsum: {
    params: Record<string, never>;
    inputs: 'close';
    outputs: 'cumsum';
  };
  /** Highest Value: The highest of the last `period` values. */
  max: {
    params: {
      /** Window in bars. A whole number from 1 to 100000, default 30. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'max';
  };
  /** Lowest Value: The lowest of the last `period` values. */
  min: {
    params: {
      /** Window in bars. A whole number from 1 to 100000, default 30. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'min';
  };
  /** Lowest and Highest Value: The lowest and the highest of the last `period` values. */
  minmax: {
    params: {
      /** Window in bars. A whole number from 1 to 100000, default 30. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'min' | 'max';
  };
  /** Row of the Highest Value: In which row the highest of the last `period` values stands. */
  maxindex: {
    params: {
      /** Window in bars. A whole number from 1 to 100000, default 30. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'maxindex';
  };
  /** Row of the Lowest Value: In which row the lowest of the last `period` values stands. */
  minindex: {
    params: {
      /** Window in bars. A whole number from 1 to 100000, default 30. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'minindex';
  };
  /** Rows of the Lowest and Highest Value: In which rows the lowest and the highest of the last `period` values stand. */
  minmaxindex: {
    params: {
      /** Window in bars. A whole number from 1 to 100000, default 30. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'minindex' | 'maxindex';
  };
  /** Rolling Sum: The sum of the last `period` values. */
  sum: {
    params: {
      /** Window in bars. A whole number from 1 to 100000, default 30. */
      period?: number;
    };
    inputs: 'close';
    outputs: 'sum';
  };
  /** Two Crows: A long rise, then two black bars that first hover above it and then fall back into it: the rally was sold twice. Read as a bearish reversal at the end of an advance. */
  cdl_2_crows: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_2_crows';
  };
  /** Three Black Crows: Three black bars in a row, each opening inside the body before it and closing near its own low: three days of steady selling. Read as a bearish reversal after an advance. */
  cdl_3_black_crows: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_3_black_crows';
  };
  /** Three Inside Up/Down: A harami and its confirmation: a small body inside a long one, then a bar that breaks out past the long bar's open. Read as a reversal of the long bar's direction, up after a black one, down after a white one. */
  cdl_3_inside: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_3_inside';
  };
  /** Three-Line Strike: Three bars march one way and a fourth takes everything back in one stroke. By the books the strike only shakes out the weak hands and the march goes on, so the sign is that of the three; Bulkowski found that the market more often follows the strike. */
  cdl_3_line_strike: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_3_line_strike';
  };
  /** Three Outside Up/Down: An engulfing pattern and its confirmation: a body swallows the one before it, and the next bar closes further the same way. Read as a reversal in the direction of the last two bars. */
  cdl_3_outside: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_3_outside';
  };
  /** Three Stars in the South: Three ever smaller black bars, each with a higher low than the one before: a decline that runs out of sellers. Read as a bullish reversal; rare. */
  cdl_3_stars_in_south: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_3_stars_in_south';
  };
  /** Three White Soldiers: Three white bars in a row, each opening in or near the body before it and closing close to its own high: steady buying. Read as a bullish reversal after a decline. */
  cdl_3_white_soldiers: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_3_white_soldiers';
  };
  /** Abandoned Baby: A doji left alone between two gaps, with long bars of opposite colours on either side. Read as a strong reversal, bullish when the doji lies below, bearish when it lies above; rare. */
  cdl_abandoned_baby: {
    params: {
      /** How much of the first body the later bars take back at least, as a share of it. A number from 0.0 to 3e37, default 0.3. */
      penetration?: number;
    };
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_abandoned_baby';
  };
  /** Advance Block: Three white bars that still close higher, but with shrinking bodies or growing upper shadows: the advance meets resistance. Read as a warning to protect long positions, bearish. */
  cdl_advance_block: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_advance_block';
  };
  /** Belt Hold: A long bar that opens at its extreme and never looks back: a white one from its low, a black one from its high. Read as a turn in the bar's direction, the more so after a long move the other way. */
  cdl_belt_hold: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_belt_hold';
  };
  /** Breakaway: A move speeds up through a gap, drifts on for two more bars, and is then taken back by one bar that closes inside the gap. Read as a reversal in the direction of the last bar. */
  cdl_breakaway: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_breakaway';
  };
  /** Closing Marubozu: A long bar that closes at its extreme: a white one at its high, a black one at its low. Whoever pushed was still pushing at the close, so it is read as strength in the bar's direction. */
  cdl_closing_marubozu: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_closing_marubozu';
  };
  /** Concealing Baby Swallow: Four black bars in a falling market: two bare bodies, a third that gaps down but trades back up into the second, and a fourth that swallows the third whole. The sellers spent themselves, so it is read as a bullish reversal; rare. */
  cdl_conceal_baby_swallow: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_conceal_baby_swallow';
  };
  /** Counterattack: Two long bars of opposite colours that meet at the same close: the market opens far away in the direction of the trend and comes all the way back. Also called meeting lines. Read as a reversal in the direction of the second bar. */
  cdl_counterattack: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_counterattack';
  };
  /** Dark Cloud Cover: After a long white bar the market opens above its high and then closes deep inside its body. Those who bought the new high are trapped, so it is read as a bearish reversal. The counterpart of `cdl_piercing`. */
  cdl_dark_cloud_cover: {
    params: {
      /** How much of the first body the later bars take back at least, as a share of it. A number from 0.0 to 3e37, default 0.5. */
      penetration?: number;
    };
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_dark_cloud_cover';
  };
  /** Doji: A bar that closes where it opened, or nearly: buyers and sellers ended even. Read as indecision, a warning that a trend may tire, with no direction of its own. */
  cdl_doji: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_doji';
  };
  /** Doji Star: A doji that gaps away from a long body: the trend goes on and stalls at once. Read as the first sign of a reversal, bearish above a white bar, bullish below a black one. */
  cdl_doji_star: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_doji_star';
  };
  /** Dragonfly Doji: A doji at the top of its range: prices fell and came all the way back. Read as support found below, bullish after a decline. */
  cdl_dragonfly_doji: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_dragonfly_doji';
  };
  /** Engulfing Pattern: A body that covers the previous bar's body of the other colour: a rising one after a falling one is bullish, a falling one after a rising one bearish. */
  cdl_engulfing: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_engulfing';
  };
  /** Evening Doji Star: A long white bar, a doji above it, and a black bar that falls back deep into the first: the top of a rally in three steps. Read as a bearish reversal, stronger than an evening star (`cdl_evening_star`). */
  cdl_evening_doji_star: {
    params: {
      /** How much of the first body the later bars take back at least, as a share of it. A number from 0.0 to 3e37, default 0.3. */
      penetration?: number;
    };
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_evening_doji_star';
  };
  /** Evening Star: A long white bar, a small body above it, and a black bar that falls back deep into the first: a rally rises, hesitates and turns. Read as a bearish reversal. The counterpart of `cdl_morning_star`. */
  cdl_evening_star: {
    params: {
      /** How much of the first body the later bars take back at least, as a share of it. A number from 0.0 to 3e37, default 0.3. */
      penetration?: number;
    };
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_evening_star';
  };
  /** Up/Down-Gap Side-by-Side White Lines: Two white bars of like size stand side by side beyond a gap that neither closes. Above the gap they confirm a rise; below it they are short covering that fails to close the gap, and the fall is read to go on. */
  cdl_gap_side_side_white: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_gap_side_side_white';
  };
  /** Gravestone Doji: A doji at the bottom of its range: prices rose and fell all the way back. Read as supply met above, bearish after an advance. */
  cdl_gravestone_doji: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_gravestone_doji';
  };
  /** Hammer: A small body at the top of a bar with a long lower shadow, at the low end of the market: sellers drove the price down and lost it again. Read as a bullish reversal after a decline. The same bar at the high end is a hanging man (`cdl_hanging_man`). */
  cdl_hammer: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_hammer';
  };
  /** Hanging Man: A small body at the top of a bar with a long lower shadow, at the high end of the market: for a moment the floor gave way. Read as a bearish warning after an advance. The same bar at the low end is a hammer (`cdl_hammer`). */
  cdl_hanging_man: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_hanging_man';
  };
  /** Harami: A small body inside the long body before it: the move has lost its breath (harami is an old word for pregnant). Read as a reversal of the long bar's direction. */
  cdl_harami: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_harami';
  };
  /** Harami Cross: A doji inside the long body before it: a harami (`cdl_harami`) whose second bar has no opinion at all. Read as a reversal of the long bar's direction, stronger than a plain harami. */
  cdl_harami_cross: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_harami_cross';
  };
  /** High-Wave Candle: A small body between two very long shadows: the price went far both ways and settled nowhere. Read as confusion, often seen where a trend is about to change. */
  cdl_high_wave: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_high_wave';
  };
  /** Hikkake: An inside bar whose breakout fails: the price leaves the inside bar on one side, and those who followed are caught when it turns (the word means to trap). Read as a move to the other side, more so once a close confirms it. */
  cdl_hikkake: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_hikkake';
  };
  /** Modified Hikkake: A hikkake (`cdl_hikkake`) after a bar that already leaned the wrong way: two inside bars, one within the other, the outer closing near the extreme that then breaks and fails. Read as a reversal to the other side, more so once a close confirms it. */
  cdl_hikkake_mod: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_hikkake_mod';
  };
  /** Homing Pigeon: A small black body inside a long black body: the fall goes on, but with less force. Like a harami of one colour, and read as a bullish reversal. */
  cdl_homing_pigeon: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_homing_pigeon';
  };
  /** Identical Three Crows: Three black bars, each opening at the close before it: selling without a pause. Read as a bearish reversal, like three black crows (`cdl_3_black_crows`) and steeper. */
  cdl_identical_3_crows: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_identical_3_crows';
  };
  /** In-Neck: After a long black bar the market opens below its low and struggles back only to its close. The rebound is too weak, so the fall is read to go on: bearish. */
  cdl_in_neck: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_in_neck';
  };
  /** Inverted Hammer: A small body at the bottom of a bar with a long upper shadow, below the body before it: buyers tried for the first time. Read as a bullish reversal after a decline, once the next bar confirms it. The same bar on top is a shooting star (`cdl_shooting_star`). */
  cdl_inverted_hammer: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_inverted_hammer';
  };
  /** Kicking: Two long bare bodies of opposite colours with a gap between them: the market turns on its heel. Read as a strong signal in the direction of the second bar. */
  cdl_kicking: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_kicking';
  };
  /** Kicking by Length: Two long bare bodies of opposite colours with a gap between them, as in kicking (`cdl_kicking`), but the longer of the two is taken to show where the market goes. */
  cdl_kicking_by_length: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_kicking_by_length';
  };
  /** Ladder Bottom: Three black bars step down, a fourth still closes black but trades up on the way, and a white bar opens above and runs. The first buyers came on the fourth rung; read as a bullish reversal. */
  cdl_ladder_bottom: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_ladder_bottom';
  };
  /** Long-Legged Doji: A doji with a long shadow: the price travelled and came back to where it began. Read as indecision with much at stake, a warning within a trend. */
  cdl_long_legged_doji: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_long_legged_doji';
  };
  /** Long Line Candle: A long body with little shadow: one side ruled the bar from open to close. Read as strength in the bar's direction. */
  cdl_long_line: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_long_line';
  };
  /** Marubozu: A long bar that is all body (the word means close-cropped): it opened at one extreme and closed at the other. Read as strong conviction in the bar's direction. */
  cdl_marubozu: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_marubozu';
  };
  /** Mat Hold: A long white bar, a pause of three small bars that begins above it and gives back little, and a white bar to a new high: the rise took a breath. Read as bullish continuation, stronger than rising three methods (`cdl_rise_fall_3_methods`). */
  cdl_mat_hold: {
    params: {
      /** How much of the first body the later bars take back at most, as a share of it. A number from 0.0 to 3e37, default 0.5. */
      penetration?: number;
    };
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_mat_hold';
  };
  /** Matching Low: Two black bars that close at the same price: the sellers could not push the close any lower. Read as support and a bullish reversal. */
  cdl_matching_low: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_matching_low';
  };
  /** Morning Doji Star: A long black bar, a doji below it, and a white bar that climbs back deep into the first: the bottom of a decline in three steps. Read as a bullish reversal, stronger than a morning star (`cdl_morning_star`). */
  cdl_morning_doji_star: {
    params: {
      /** How much of the first body the later bars take back at least, as a share of it. A number from 0.0 to 3e37, default 0.3. */
      penetration?: number;
    };
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_morning_doji_star';
  };
  /** Morning Star: A long black bar, a small body below it, and a white bar that climbs back deep into the first: a decline falls, hesitates and turns. Read as a bullish reversal. The counterpart of `cdl_evening_star`. */
  cdl_morning_star: {
    params: {
      /** How much of the first body the later bars take back at least, as a share of it. A number from 0.0 to 3e37, default 0.3. */
      penetration?: number;
    };
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_morning_star';
  };
  /** On-Neck: After a long black bar the market opens below its low and recovers only to that low. The rebound is feeble, so the fall is read to go on: bearish. */
  cdl_on_neck: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_on_neck';
  };
  /** Piercing Pattern: After a long black bar the market opens below its low and then closes above the middle of its body. Those who sold the new low are trapped, so it is read as a bullish reversal. The counterpart of `cdl_dark_cloud_cover`. */
  cdl_piercing: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_piercing';
  };
  /** Rickshaw Man: A doji with long shadows on both sides and its body near the middle of the range: the price went both ways and ended where it began. Read as utter indecision. */
  cdl_rickshaw_man: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_rickshaw_man';
  };
  /** Rising/Falling Three Methods: A long bar, three small ones that drift against it without leaving its range, and a second long bar that resumes the move: a rest within a trend. Read as continuation, up after white, down after black. */
  cdl_rise_fall_3_methods: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_rise_fall_3_methods';
  };
  /** Separating Lines: Two bars of opposite colours part from the same open, the second a belt hold (`cdl_belt_hold`): a pause against the trend is wiped out at the next open. Read as continuation in the direction of the second bar. */
  cdl_separating_lines: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_separating_lines';
  };
  /** Shooting Star: A small body at the bottom of a bar with a long upper shadow, above the body before it: the rally reached up and was thrown back. Read as a bearish warning after an advance. The same bar below is an inverted hammer (`cdl_inverted_hammer`). */
  cdl_shooting_star: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_shooting_star';
  };
  /** Short Line Candle: A small body with small shadows: little was traded through and little decided. Read as a pause, with no direction of its own. */
  cdl_short_line: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_short_line';
  };
  /** Spinning Top: A small body with longer shadows on both sides: a tug of war that nobody won. Read as indecision, a warning within a trend. */
  cdl_spinning_top: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_spinning_top';
  };
  /** Stalled Pattern: Two long white bars and then a small one on the shoulder of the second: the advance has come to a standstill. Also called deliberation. Read as a warning to protect long positions, bearish. */
  cdl_stalled_pattern: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_stalled_pattern';
  };
  /** Stick Sandwich: A white bar between two black ones that close at the same price: the close was tested twice and held. Read as support and a bullish reversal. */
  cdl_stick_sandwich: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_stick_sandwich';
  };
  /** Takuri: A doji at the top of its range with a very long lower shadow, like a line let down to feel for the bottom. Read as bullish after a decline; a dragonfly doji (`cdl_dragonfly_doji`) with a longer tail. */
  cdl_takuri: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_takuri';
  };
  /** Tasuki Gap: A gap in the direction of the trend, and a bar of the other colour that steps into the gap without closing it. The gap holds, so the trend is read to go on: up for a rising gap, down for a falling one. */
  cdl_tasuki_gap: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_tasuki_gap';
  };
  /** Thrusting Pattern: After a long black bar the market opens below its low and climbs into its body, but not past the middle. The rebound falls short, so the fall is read to go on: bearish. */
  cdl_thrusting: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_thrusting';
  };
  /** Tristar: Three doji in a row, the middle one standing apart: a trend that has lost all conviction. Read as a reversal, bearish with the middle one on top, bullish with it at the bottom; rare. */
  cdl_tristar: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_tristar';
  };
  /** Unique Three River Bottom: A long black bar, a black body inside it that trades to a new low and comes back, and a small white bar that holds above that low. Read as a bullish reversal; rare. */
  cdl_unique_3_river: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_unique_3_river';
  };
  /** Upside Gap Two Crows: A long white bar, a small black body above it, and a larger black body that covers the small one but still ends above the white: two crows wait over the market. Read as a bearish reversal. */
  cdl_upside_gap_2_crows: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_upside_gap_2_crows';
  };
  /** Upside/Downside Gap Three Methods: Two bars of one colour with a gap between them, and a third of the other colour that closes the gap. Closing it is taken as a mere pause, so the first two bars give the direction. */
  cdl_xside_gap_3_methods: {
    params: Record<string, never>;
    inputs: 'open' | 'high' | 'low' | 'close';
    outputs: 'cdl_xside_gap_3_methods';
  };
}
