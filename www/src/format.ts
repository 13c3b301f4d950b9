// Numbers and times as people read them.

/** How many decimals these prices are quoted in. */
export function decimalsOf(prices: Float64Array): number {
  const recent = prices.slice(-500);
  for (let decimals = 0; decimals < 8; decimals++) {
    const scale = 10 ** decimals;
    const off = recent.filter((price) => Math.abs(Math.round(price * scale) / scale - price) > 1e-9).length;
    if (off * 50 <= recent.length) return decimals;
  }
  return 8;
}

export function fixed(value: number, decimals: number): string {
  if (Number.isNaN(value)) return '–';
  return value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** Large quantities shortened: 12.3K, 4.56M. */
export function compact(value: number): string {
  if (Number.isNaN(value)) return '–';
  return value.toLocaleString('en-US', { notation: 'compact', maximumSignificantDigits: 4 });
}

export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** `21 Nov 2023 14:05`; the time of day is left out at midnight of daily bars. */
export function moment(time: number, daily = false): string {
  const date = new Date(time).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return daily ? date : `${date} ${new Date(time).toISOString().slice(11, 16)}`;
}

/** A measured time; browsers tell no finer than a tenth of a millisecond. */
export function milliseconds(time: number): string {
  return time < 0.1 ? '< 0.1 ms' : `${time.toFixed(time < 10 ? 1 : 0)} ms`;
}

/** How many decimals show three digits or so of a number of this size. */
export function decimalsFor(size: number): number {
  if (size >= 10_000) return 0;
  return size >= 1 || size === 0 ? 2 : Math.min(8, 2 - Math.floor(Math.log10(size)));
}
