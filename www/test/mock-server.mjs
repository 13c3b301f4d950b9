// A stand-in for `atra serve` while working on the page: the built page, and the API from one CSV file.
//
//   node test/mock-server.mjs CSV [PORT]
//
// The last bars are kept back and replayed live, each in a few steps, one bar every two seconds.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Frame } from 'atra-wasm';
import { crossings } from '../samples/crossings.mjs';

const DIST = new URL('../dist/', import.meta.url);
const TYPES = { '.json': 'application/json', '.atra': 'application/octet-stream', '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm' };
const CSP =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'";
const [SYMBOL, INTERVAL, REPLAYED] = ['BTCUSD', '4h', 200];

/** Starts on a free port (or the given one) and resolves to `{ url, dropLive, close }`. */
export async function serve(csv, port = 0) {
  const bars = parse(readFileSync(csv, 'utf8'));
  let [shown, step] = [bars.length - REPLAYED, 0];
  const listeners = new Set();
  let refusing = false;

  /** The forming bar: its first, middle and last shape. */
  const forming = () => {
    const bar = bars[shown];
    const part = (step + 1) / 4;
    const close = bar.open + (bar.close - bar.open) * part;
    const [high, low] = [Math.max(bar.open, close), Math.min(bar.open, close)];
    return step === 3 ? bar : { ...bar, close, high, low, volume: bar.volume * part };
  };
  const clock = setInterval(() => {
    if (shown >= bars.length) return;
    const data = JSON.stringify({ ...forming(), closed: step === 3 });
    for (const response of listeners) response.write(`event: candle\ndata: ${data}\n\n`);
    step = (step + 1) % 4;
    if (step === 0) shown++;
  }, 500);

  const api = {
    symbols: () => [
      { symbol: SYMBOL, interval: INTERVAL, candles: shown, first: bars[0].time, last: bars[shown - 1].time },
      { symbol: SYMBOL, interval: '1d', candles: 0, first: 0, last: 0 },
    ],
    candles: (query) => {
      const list = query.get('interval') === INTERVAL ? bars.slice(0, shown) : [];
      const before = Number(query.get('before') ?? Infinity);
      const tail = list.filter((bar) => bar.time < before).slice(-Number(query.get('limit') ?? 1000));
      return frameOf(tail).encode();
    },
    signals: (query) => (query.get('interval') === INTERVAL ? crossings(frameOf(bars.slice(0, shown)), SYMBOL, INTERVAL) : []),
  };

  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://localhost');
    const [, first, name] = url.pathname.split('/');
    if (first !== 'api') return file(url.pathname, response);
    if (url.searchParams.has('symbol') && url.searchParams.get('symbol') !== SYMBOL) {
      return json(response, 404, { error: `unknown symbol \`${url.searchParams.get('symbol')}\`; there is: ${SYMBOL}` });
    }
    if (name === 'live') {
      if (refusing) return json(response, 503, { error: 'not now' });
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(': hello\n\n');
      // The bar the page has, and all that followed; the last is still forming.
      const since = Number(url.searchParams.get('since') ?? Infinity);
      const missed = url.searchParams.get('interval') !== INTERVAL ? [] : [...bars.slice(0, shown), forming()].filter((bar) => bar.time >= since);
      for (const [index, bar] of missed.entries()) {
        response.write(`event: candle\ndata: ${JSON.stringify({ ...bar, closed: index < missed.length - 1 })}\n\n`);
      }
      if (url.searchParams.get('interval') === INTERVAL) listeners.add(response);
      request.on('close', () => listeners.delete(response));
      return;
    }
    const answer = api[name]?.(url.searchParams);
    if (answer instanceof Uint8Array) response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(answer);
    else json(response, answer === undefined ? 404 : 200, answer ?? { error: `no such address: ${url.pathname}` });
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    /** Whether live streams are refused. */
    refuseLive: (refused) => (refusing = refused),
    /** The times of every bar there is by now. */
    times: () => bars.slice(0, shown + 1).map(({ time }) => time),
    lastTime: () => bars[shown].time,
    dropLive: () => listeners.forEach((response) => response.destroy()),
    close: () => {
      clearInterval(clock);
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

function frameOf(bars) {
  const names = ['time', 'open', 'high', 'low', 'close', 'volume'];
  return Frame.from(Object.fromEntries(names.map((name) => [name, bars.map((bar) => bar[name])])));
}

function parse(text) {
  const [header, ...lines] = text.trim().split(/\r?\n/);
  const names = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((value, index) => [names[index], Number(value)])));
}

function json(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Serves a directory as any host of plain files would; resolves to `{ url, close }`. */
export async function serveFiles(directory) {
  const server = createServer((request, response) => file(new URL(request.url, 'http://localhost').pathname, response, directory));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

async function file(path, response, directory = DIST) {
  try {
    const url = new URL(`.${path === '/' ? '/index.html' : path}`, directory);
    if (!url.pathname.startsWith(directory.pathname)) throw new Error('outside');
    const headers = { 'content-type': TYPES[extname(url.pathname)], 'content-security-policy': CSP };
    response.writeHead(200, headers).end(await readFile(url));
  } catch {
    json(response, 404, { error: `no such file: ${path}` });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [csv, port] = process.argv.slice(2);
  if (csv === undefined) {
    console.error('usage: node test/mock-server.mjs CSV [PORT]');
    process.exit(2);
  }
  console.log((await serve(csv, Number(port ?? 0))).url);
}
