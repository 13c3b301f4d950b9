// What is seen, as an address: market, indicators and their parameters, scale, zone, and where the chart stands.
//
//   ?symbol=BTCUSD&interval=4h&i=ema:period=30;rsi;atr:hidden&log=1&tz=Europe/London&bars=150&end=1700000000000
import type { Choice } from './data/source';
import type { Values, Wanted } from './indicators';

export interface Layout {
  choice?: Partial<Choice> | undefined;
  indicators?: Wanted[] | undefined;
  log?: boolean | undefined;
  zone?: string | undefined;
  /** How many bars are in sight. */
  bars?: number | undefined;
  /** The time at the right edge, when that is not the last bar's. */
  end?: number | undefined;
  /** Heights of the panes. */
  panes?: number[] | undefined;
  page?: 'benchmark' | undefined;
}

const HIDDEN = 'hidden';

export function read(search: string): Layout {
  const query = new URLSearchParams(search);
  const [symbol, interval, list, panes] = ['symbol', 'interval', 'i', 'panes'].map((name) => query.get(name) ?? undefined);
  return {
    choice: symbol === undefined ? undefined : { symbol, ...(interval === undefined ? {} : { interval }) },
    indicators: list?.split(';').filter(Boolean).map(readIndicator),
    log: query.has('log') ? query.get('log') === '1' : undefined,
    zone: query.get('tz') ?? undefined,
    bars: number(query.get('bars')),
    end: number(query.get('end')),
    panes: panes?.split(',').map(Number).filter((weight) => weight > 0),
    page: query.get('page') === 'benchmark' ? 'benchmark' : undefined,
  };
}

/** The address of a layout, beginning with `?`. */
export function write({ choice, indicators, log, zone, bars, end, panes, page }: Layout): string {
  const parts: [string, string | undefined][] = [
    ['symbol', choice?.symbol],
    ['interval', choice?.interval],
    ['i', indicators?.map(writeIndicator).join(';')],
    ['log', log === true ? '1' : undefined],
    ['tz', zone === 'UTC' ? undefined : zone],
    ['bars', bars === undefined ? undefined : String(Math.round(bars))],
    ['end', end === undefined ? undefined : String(end)],
    ['panes', panes?.map((weight) => Number(weight.toFixed(3))).join(',')],
    ['page', page],
  ];
  const text = parts.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${escape(value)}`])).join('&');
  return text && `?${text}`;
}

function writeIndicator({ id, params, hidden }: Wanted): string {
  const settings = [...Object.entries(params).map(([name, value]) => `${name}=${value}`), ...(hidden === true ? [HIDDEN] : [])];
  return settings.length === 0 ? id : `${id}:${settings.join(',')}`;
}

function readIndicator(text: string): Wanted {
  const [id = '', settings = ''] = text.split(':');
  const all = settings.split(',').filter(Boolean);
  const params: Values = {};
  for (const setting of all) {
    const [name = '', value] = setting.split('=');
    if (value !== undefined) params[name] = value !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
  }
  return { id, params, ...(all.includes(HIDDEN) ? { hidden: true } : {}) };
}

function number(text: string | null): number | undefined {
  const value = Number(text ?? NaN);
  return Number.isFinite(value) ? value : undefined;
}

/** Escapes what an address needs escaped, and leaves `:;,=/` to be read. */
function escape(text: string): string {
  return encodeURIComponent(text).replace(/%(3A|3B|2C|3D|2F)/g, decodeURIComponent);
}
