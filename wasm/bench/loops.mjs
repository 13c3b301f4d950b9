// What somebody would write by hand: one plain loop an indicator, over Float64Arrays, into Float64Arrays that are used
// again. The parameters are those of contenders.mjs.

export function sma(x, period, out) {
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    sum += x[i];
    if (i >= period) sum -= x[i - period];
    out[i] = i >= period - 1 ? sum / period : NaN;
  }
}

export function ema(x, period, out, from = 0) {
  const rate = 2 / (period + 1);
  let [value, sum] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    const at = i - from;
    if (at < period - 1) {
      if (at >= 0) sum += x[i];
      out[i] = NaN;
    } else {
      value = at === period - 1 ? (sum + x[i]) / period : value + (x[i] - value) * rate;
      out[i] = value;
    }
  }
}

export function rsi(x, period, out) {
  let [up, down] = [0, 0];
  out[0] = NaN;
  for (let i = 1; i < x.length; i++) {
    const change = x[i] - x[i - 1];
    const [gain, loss] = [change > 0 ? change : 0, change < 0 ? -change : 0];
    if (i <= period) {
      up += gain / period;
      down += loss / period;
    } else {
      up = (up * (period - 1) + gain) / period;
      down = (down * (period - 1) + loss) / period;
    }
    out[i] = i >= period ? (100 * up) / (up + down) : NaN;
  }
}

export function macd(x, fast, slow, signal, line, signals, histogram) {
  const rates = [2 / (fast + 1), 2 / (slow + 1), 2 / (signal + 1)];
  let [quick, calm, smooth, quickSum, calmSum, sum] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    if (i < slow) calmSum += x[i];
    if (i >= slow - fast && i < slow) quickSum += x[i];
    if (i < slow - 1) {
      line[i] = signals[i] = histogram[i] = NaN;
      continue;
    }
    quick = i === slow - 1 ? quickSum / fast : quick + (x[i] - quick) * rates[0];
    calm = i === slow - 1 ? calmSum / slow : calm + (x[i] - calm) * rates[1];
    const difference = quick - calm;
    const at = i - slow + 1;
    if (at < signal) sum += difference;
    if (at < signal - 1) {
      line[i] = signals[i] = histogram[i] = NaN;
      continue;
    }
    smooth = at === signal - 1 ? sum / signal : smooth + (difference - smooth) * rates[2];
    line[i] = difference;
    signals[i] = smooth;
    histogram[i] = difference - smooth;
  }
}

export function bbands(x, period, width, upper, middle, lower) {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    sum += x[i];
    squares += x[i] * x[i];
    if (i >= period) {
      sum -= x[i - period];
      squares -= x[i - period] * x[i - period];
    }
    if (i < period - 1) {
      upper[i] = middle[i] = lower[i] = NaN;
      continue;
    }
    const mean = sum / period;
    const band = width * Math.sqrt(Math.max(squares / period - mean * mean, 0));
    upper[i] = mean + band;
    middle[i] = mean;
    lower[i] = mean - band;
  }
}

export function atr(high, low, close, period, out) {
  let [value, sum] = [0, 0];
  out[0] = NaN;
  for (let i = 1; i < close.length; i++) {
    const before = close[i - 1];
    const range = Math.max(high[i], before) - Math.min(low[i], before);
    if (i <= period) sum += range;
    if (i >= period) value = i === period ? sum / period : (value * (period - 1) + range) / period;
    out[i] = i >= period ? value : NaN;
  }
}

export function stoch(high, low, close, period, slowK, slowD, k, d) {
  let [sumK, sumD] = [0, 0];
  const fast = new Float64Array(slowK);
  const slow = new Float64Array(slowD);
  for (let i = 0; i < close.length; i++) {
    k[i] = d[i] = NaN;
    if (i < period - 1) continue;
    let [highest, lowest] = [high[i], low[i]];
    for (let j = i - period + 1; j < i; j++) {
      if (high[j] > highest) highest = high[j];
      if (low[j] < lowest) lowest = low[j];
    }
    const raw = highest > lowest ? (100 * (close[i] - lowest)) / (highest - lowest) : 0;
    const at = i - period + 1;
    sumK += raw - fast[at % slowK];
    fast[at % slowK] = raw;
    if (at < slowK - 1) continue;
    const value = sumK / slowK;
    const place = at - slowK + 1;
    sumD += value - slow[place % slowD];
    slow[place % slowD] = value;
    if (place < slowD - 1) continue;
    k[i] = value;
    d[i] = sumD / slowD;
  }
}

export function adx(high, low, close, period, out) {
  let [range, plus, minus, sum, value] = [0, 0, 0, 0, 0];
  out[0] = NaN;
  for (let i = 1; i < close.length; i++) {
    const [up, down] = [high[i] - high[i - 1], low[i - 1] - low[i]];
    const before = close[i - 1];
    const [rising, falling] = [up > down && up > 0 ? up : 0, down > up && down > 0 ? down : 0];
    const width = Math.max(high[i], before) - Math.min(low[i], before);
    out[i] = NaN;
    if (i < period) {
      range += width;
      plus += rising;
      minus += falling;
      continue;
    }
    range += width - range / period;
    plus += rising - plus / period;
    minus += falling - minus / period;
    const [a, b] = [plus / range, minus / range];
    const index = a + b > 0 ? (100 * Math.abs(a - b)) / (a + b) : 0;
    const at = i - period;
    if (at < period) sum += index;
    if (at >= period - 1) value = at === period - 1 ? sum / period : (value * (period - 1) + index) / period;
    if (at >= period - 1) out[i] = value;
  }
}
