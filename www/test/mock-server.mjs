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

const DIST = new URL('../dist/', import.meta.url);
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm' };
const CSP =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'";
const [SYMBOL, INTERVAL, REPLAYED] = ['BTCUSD', '4h', 200];

/** Starts on a free port (or the given one) and resolves to `{ url, dropLive, close }`. */
export async function serve(csv, port = 0) {
  const bars = parse(readFileSync(csv, 'utf8'));
  let [shown, step] = [bars.length - REPLAYED, 0];
  const listeners = new Set();

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
      const tail = list.slice(-Number(query.get('limit') ?? 1000));
      const names = ['time', 'open', 'high', 'low', 'close', 'volume'];
      return Frame.from(Object.fromEntries(names.map((name) => [name, tail.map((bar) => bar[name])]))).encode();
    },
    signals: (query) => (query.get('interval') === INTERVAL ? signals(bars.slice(0, shown)) : []),
  };

  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://localhost');
    const [, first, name] = url.pathname.split('/');
    if (first !== 'api') return file(url.pathname, response);
    if (url.searchParams.has('symbol') && url.searchParams.get('symbol') !== SYMBOL) {
      return json(response, 404, { error: `unknown symbol \`${url.searchParams.get('symbol')}\`; there is: ${SYMBOL}` });
    }
    if (name === 'live') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(': hello\n\n');
      listeners.add(response);
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
    dropLive: () => listeners.forEach((response) => response.destroy()),
    close: () => {
      clearInterval(clock);
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

function parse(text) {
  const [header, ...lines] = text.trim().split(/\r?\n/);
  const names = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((value, index) => [names[index], Number(value)])));
}

/** Crossings of two averages: something to look at. */
function signals(bars) {
  const frame = Frame.from({ time: bars.map((bar) => bar.time), close: bars.map((bar) => bar.close) });
  const [fast, slow] = [12, 48].map((period) => frame.compute('ema', { period }).ema.slice());
  const list = [];
  for (let row = 1; row < bars.length; row++) {
    const [before, now] = [Math.sign(fast[row - 1] - slow[row - 1]), Math.sign(fast[row] - slow[row])];
    if (Number.isNaN(before) || before === now) continue;
    const [side, price] = [now > 0 ? 'buy' : 'sell', bars[row].close];
    list.push({
      symbol: SYMBOL,
      interval: INTERVAL,
      time: bars[row].time,
      strategy: 'ema_cross',
      side,
      entry_price: price,
      stop_loss: price * (1 - now * 0.03),
      take_profit: price * (1 + now * 0.06),
      score: 0.5 + (Math.abs(fast[row] - slow[row]) / price) * 100,
      reason: `EMA 12 crossed ${now > 0 ? 'above' : 'below'} EMA 48`,
    });
  }
  return list;
}

function json(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function file(path, response) {
  try {
    const url = new URL(`.${path === '/' ? '/index.html' : path}`, DIST);
    if (!url.pathname.startsWith(DIST.pathname)) throw new Error('outside');
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
