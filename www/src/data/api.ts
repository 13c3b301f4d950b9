// The server's HTTP interface; everything is on the page's own origin.
import { Frame, type Bar } from 'atra-wasm';

/** A stored series. */
export interface Market {
  symbol: string;
  interval: string;
  candles: number;
  first: number;
  last: number;
}

/** What a strategy said. */
export interface Signal {
  symbol: string;
  interval: string;
  time: number;
  strategy: string;
  side: 'buy' | 'sell';
  entry_price?: number | null;
  stop_loss?: number | null;
  take_profit?: number | null;
  score?: number | null;
  reason?: string | null;
}

/** A bar as it arrives live; `closed` when it will not change any more. */
export interface LiveBar extends Bar {
  closed: boolean;
}

/** A series to look at. */
export interface Choice {
  symbol: string;
  interval: string;
}

/** What the server answered instead of data; `status` 0 when it did not answer. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

export async function markets(): Promise<Market[]> {
  return (await get('symbols', {})).json() as Promise<Market[]>;
}

export async function candles(choice: Choice, limit: number): Promise<Frame> {
  const response = await get('candles', { ...choice, limit: String(limit) });
  return Frame.decode(await response.arrayBuffer());
}

export async function signals(choice: Choice): Promise<Signal[]> {
  return (await get('signals', { ...choice })).json() as Promise<Signal[]>;
}

/** The address of the live stream. */
export function liveUrl(choice: Choice): string {
  return url('live', { ...choice });
}

function url(path: string, query: Record<string, string>): string {
  const search = new URLSearchParams(query).toString();
  return `api/${path}${search && `?${search}`}`;
}

async function get(path: string, query: Record<string, string>): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url(path, query), { headers: { accept: 'application/octet-stream, application/json' } });
  } catch {
    throw new ApiError('The server does not answer.', 0);
  }
  if (response.ok) return response;
  const body: unknown = await response.json().catch(() => undefined);
  const told = typeof body === 'object' && body !== null && 'error' in body ? String(body.error) : undefined;
  throw new ApiError(told ?? `The server answered ${response.status}.`, response.status);
}
