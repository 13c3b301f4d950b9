// The loops a JavaScript programmer would write by hand: one pass where that is usual, results into arrays that are
// used again. TA-Lib's way of starting, so that the numbers are the same.

/** Columns of candles, and two arrays for results. */
export interface Columns {
  high: Float64Array;
  low: Float64Array;
  close: Float64Array;
  out: Float64Array;
  more: Float64Array;
  most: Float64Array;
}

export function sma({ close, out }: Columns, period: number): number {
  let sum = 0;
  for (let row = 0; row < close.length; row++) {
    sum += close[row]!;
    if (row >= period) sum -= close[row - period]!;
    out[row] = row >= period - 1 ? sum / period : NaN;
  }
  return out[close.length - 1]!;
}

/** From row `first` on; the first value is a mean. */
function emaOf(values: Float64Array, out: Float64Array, period: number, first = 0): void {
  const weight = 2 / (period + 1);
  const begin = first + period - 1;
  let sum = 0;
  for (let row = 0; row < Math.min(begin + 1, values.length); row++) {
    out[row] = NaN;
    if (row >= first) sum += values[row]!;
  }
  let value = sum / period;
  out[begin] = value;
  for (let row = begin + 1; row < values.length; row++) {
    value += (values[row]! - value) * weight;
    out[row] = value;
  }
}

export function ema({ close, out }: Columns, period: number): number {
  emaOf(close, out, period);
  return out[close.length - 1]!;
}

export function rsi({ close, out }: Columns, period: number): number {
  let [gain, loss] = [0, 0];
  for (let row = 1; row < close.length; row++) {
    const change = close[row]! - close[row - 1]!;
    const [up, down] = [change > 0 ? change : 0, change < 0 ? -change : 0];
    if (row <= period) {
      gain += up / period;
      loss += down / period;
    } else {
      gain = (gain * (period - 1) + up) / period;
      loss = (loss * (period - 1) + down) / period;
    }
    out[row] = row < period ? NaN : gain + loss === 0 ? 50 : (100 * gain) / (gain + loss);
  }
  return out[close.length - 1]!;
}

export function macd({ close, out, more, most }: Columns, fast: number, slow: number, signal: number): number {
  emaOf(close, more, slow);
  // The fast average begins where the slow one does.
  emaOf(close, out, fast, slow - fast);
  for (let row = 0; row < close.length; row++) out[row] = out[row]! - more[row]!;
  emaOf(out, most, signal, slow - 1);
  for (let row = 0; row < close.length; row++) more[row] = out[row]! - most[row]!;
  return out[close.length - 1]!;
}

export function bbands({ close, out, more, most }: Columns, period: number, width: number): number {
  let [sum, squares] = [0, 0];
  for (let row = 0; row < close.length; row++) {
    const value = close[row]!;
    sum += value;
    squares += value * value;
    if (row >= period) {
      const old = close[row - period]!;
      sum -= old;
      squares -= old * old;
    }
    if (row < period - 1) {
      out[row] = more[row] = most[row] = NaN;
      continue;
    }
    const mean = sum / period;
    const reach = width * Math.sqrt(Math.max(0, squares / period - mean * mean));
    out[row] = mean + reach;
    more[row] = mean;
    most[row] = mean - reach;
  }
  return out[close.length - 1]!;
}

export function atr({ high, low, close, out }: Columns, period: number): number {
  let value = 0;
  for (let row = 1; row < close.length; row++) {
    const before = close[row - 1]!;
    const range = Math.max(high[row]! - low[row]!, Math.abs(high[row]! - before), Math.abs(low[row]! - before));
    value = row <= period ? value + range / period : (value * (period - 1) + range) / period;
    out[row] = row < period ? NaN : value;
  }
  return out[close.length - 1]!;
}

export function stoch({ high, low, close, out, more, most }: Columns, length: number, slow: number, signal: number): number {
  for (let row = 0; row < close.length; row++) {
    let [top, bottom] = [-Infinity, Infinity];
    for (let at = Math.max(0, row - length + 1); at <= row; at++) {
      if (high[at]! > top) top = high[at]!;
      if (low[at]! < bottom) bottom = low[at]!;
    }
    most[row] = top === bottom ? 0 : (100 * (close[row]! - bottom)) / (top - bottom);
  }
  let [one, two] = [0, 0];
  for (let row = length - 1; row < close.length; row++) {
    one += most[row]!;
    if (row >= length - 1 + slow) one -= most[row - slow]!;
    out[row] = row >= length + slow - 2 ? one / slow : NaN;
    if (row < length + slow - 2) continue;
    two += out[row]!;
    if (row >= length + slow - 2 + signal) two -= out[row - signal]!;
    more[row] = row >= length + slow + signal - 3 ? two / signal : NaN;
  }
  return out[close.length - 1]!;
}

export function adx({ high, low, close, out }: Columns, period: number): number {
  let [plus, minus, range, index] = [0, 0, 0, 0];
  for (let row = 1; row < close.length; row++) {
    const before = close[row - 1]!;
    const [up, down] = [high[row]! - high[row - 1]!, low[row - 1]! - low[row]!];
    const [rise, fall] = [up > down && up > 0 ? up : 0, down > up && down > 0 ? down : 0];
    const true_ = Math.max(high[row]! - low[row]!, Math.abs(high[row]! - before), Math.abs(low[row]! - before));
    if (row < period) {
      plus += rise;
      minus += fall;
      range += true_;
      out[row] = NaN;
      continue;
    }
    plus += rise - plus / period;
    minus += fall - minus / period;
    range += true_ - range / period;
    const sum = plus + minus;
    const part = sum === 0 ? 0 : (100 * Math.abs(plus - minus)) / sum;
    if (row < 2 * period) index += part / period;
    else index = (index * (period - 1) + part) / period;
    out[row] = row < 2 * period - 1 ? NaN : index;
  }
  return out[close.length - 1]!;
}
