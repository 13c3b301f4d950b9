// Numbers as people read them.

/** How many decimals these prices are quoted in, a few averaged or adjusted ones aside. */
export function decimalsOf(prices: Float64Array): number {
  const recent = prices.slice(-500);
  for (let decimals = 0; decimals < 8; decimals++) {
    const scale = 10 ** decimals;
    const off = recent.filter((price) => Math.abs(Math.round(price * scale) / scale - price) > 1e-9).length;
    if (off * 10 <= recent.length) return decimals;
  }
  return 8;
}

const formats = new Map<number, Intl.NumberFormat>();

export function fixed(value: number, decimals: number): string {
  if (Number.isNaN(value)) return '–';
  let format = formats.get(decimals);
  if (format === undefined) {
    format = new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
    formats.set(decimals, format);
  }
  // What rounds to nothing has no sign.
  return format.format(value).replace(/^-(?=[0.]*$)/, '').replace('-', '−');
}

const short = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 4 });

/** Large quantities shortened: 12.3K, 4.56M. */
export function shortened(value: number): string {
  return Number.isNaN(value) ? '–' : short.format(value).replace('-', '−');
}

/** An indicator's value in a pane: as many digits as its size asks for. */
export function reading(value: number): string {
  return Math.abs(value) >= 100_000 ? shortened(value) : fixed(value, decimalsFor(Math.abs(value)));
}

export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** A measured time; browsers tell no finer than a tenth of a millisecond. */
export function milliseconds(time: number): string {
  return time < 0.1 ? '< 0.1 ms' : `${time.toFixed(time < 10 ? 1 : 0)} ms`;
}

/** How many decimals show three digits or so of a number of this size. */
function decimalsFor(size: number): number {
  if (size >= 10_000) return 0;
  return size >= 1 || size === 0 || Number.isNaN(size) ? 2 : Math.min(8, 2 - Math.floor(Math.log10(size)));
}
