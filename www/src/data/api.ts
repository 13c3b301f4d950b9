// The server's HTTP interface; everything is on the page's own origin.
import { Frame } from 'atra-wasm';
import { SourceError, type Choice, type Market, type Signal, type Source } from './source';

/** How long an answer may take. */
const PATIENCE = 20_000;

export const server: Source = {
  name: 'Server',
  live: true,
  markets: async () => (await get('symbols', {})).json() as Promise<Market[]>,
  async candles(choice, limit, before) {
    const until = before === undefined ? {} : { before: String(before) };
    const response = await get('candles', { ...named(choice), limit: String(limit), ...until });
    return Frame.decode(await response.arrayBuffer());
  },
  signals: async (choice) => (await get('signals', named(choice))).json() as Promise<Signal[]>,
};

/** The address of the live stream: the bar of time `since` and all that follow. */
export function liveUrl(choice: Choice, since: number | undefined): string {
  return url('live', { ...named(choice), ...(since === undefined ? {} : { since: String(since) }) });
}

function named({ symbol, interval }: Choice): Record<string, string> {
  return { symbol, interval };
}

function url(path: string, query: Record<string, string>): string {
  const search = new URLSearchParams(query).toString();
  return `api/${path}${search && `?${search}`}`;
}

async function get(path: string, query: Record<string, string>): Promise<Response> {
  let response: Response;
  try {
    const headers = { accept: 'application/octet-stream, application/json' };
    response = await fetch(url(path, query), { headers, signal: AbortSignal.timeout(PATIENCE) });
  } catch (error) {
    const late = error instanceof DOMException && error.name === 'TimeoutError';
    throw new SourceError(late ? 'The server takes too long to answer.' : 'The server does not answer.', 0);
  }
  if (response.ok) return response;
  const body: unknown = await response.json().catch(() => undefined);
  const told = typeof body === 'object' && body !== null && 'error' in body ? String(body.error) : undefined;
  throw new SourceError(told ?? `The server answered ${response.status}.`, response.status);
}
