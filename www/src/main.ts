// The page: puts the parts together.
import { init, type Frame } from 'atra-wasm';
import { ApiError, markets, signals, type Choice, type Market } from './api';
import { ChartView } from './chart';
import { byId, h, oncePerFrame, saved } from './dom';
import { Feed } from './feed';
import { Header } from './header';
import { Indicators } from './indicators';
import { startKeys } from './keys';
import { Legend } from './legend';
import { Panel } from './panel';
import { Picker } from './picker';
import { Signals } from './signals';
import { nextTheme, onTheme, startTheme } from './theme';
import './style.css';

const DAY = 86_400_000;

/** For tests and the curious: what the page shows, read only. */
interface Debug {
  readonly ready: boolean;
  readonly bars: number;
  readonly lastTime: number;
  readonly panes: number;
  readonly markers: number;
  outputs(id: string): number[];
}
declare global {
  interface Window {
    __atra?: Debug;
  }
}

startTheme();
const header = new Header((choice) => open(choice));
const view = new ChartView(byId('chart'));
const indicators: Indicators = new Indicators(view, () => {
  panel.update();
  legend.draw();
});
const panel = new Panel(indicators, () => legend.draw());
const legend = new Legend(view, indicators);
const marks = new Signals(view);

let known: Market[] = [];
let feed: Feed | undefined;
let frame: Frame | undefined;
let ready = false;

function add(id: string): void {
  const shown = indicators.add(id);
  if (shown !== undefined) panel.focus(shown);
}

function open(choice: Choice): void {
  indicators.close();
  feed?.stop();
  frame = undefined;
  ready = false;
  legend.show(undefined, false);
  notice('loading', `Loading ${choice.symbol} …`);
  header.show(known, choice);
  header.state('loading');
  saved.write('choice', choice);
  history.replaceState(null, '', `?${new URLSearchParams({ ...choice }).toString()}`);
  let first = true;
  // Catching up closes many bars at once: one question for all of them.
  let asked: number | undefined;
  const refreshSignals = (): void => {
    clearTimeout(asked);
    asked = setTimeout(askSignals, first ? 0 : 250);
  };
  const askSignals = (): void => {
    signals(choice).then(
      (list) => {
        if (current === feed) marks.set(list);
      },
      () => {
        // Without signals the chart is still whole; the next closed bar asks again.
      },
    );
  };
  const current = new Feed(choice, {
    reset(fresh) {
      frame = fresh;
      view.reset(fresh, !first);
      if (first) refreshSignals();
      first = false;
      indicators.reset(fresh);
      marks.draw();
      legend.show(fresh, isDaily(fresh));
      quote();
      ready = true;
      notice(fresh.length === 0 ? 'empty' : undefined, `No candles of ${choice.symbol} ${choice.interval} yet. They appear as they arrive.`);
    },
    tick(bar, appended) {
      if (frame?.length === 1) notice(undefined);
      view.tick(bar, appended);
      indicators.tick(bar, appended);
      legend.draw();
      quote();
    },
    closed: refreshSignals,
    state: (state) => header.state(state),
    failed: (error) => fail(error, () => open(choice)),
  });
  feed = current;
  marks.set([]);
  void current.start();
}

const quote = oncePerFrame(() => {
  const close = frame?.column('close');
  header.quote(close?.at(-1), close?.at(-2), view.decimals, frame?.time.at(-1));
  byId('latest').hidden = frame === undefined || view.atLatest;
});

function isDaily({ time }: Frame): boolean {
  return time.length > 1 && time.slice(-50).every((value) => value % DAY === 0);
}

type Notice = 'loading' | 'empty' | 'error';

/** What stands in front of the chart; nothing when all is well. */
function notice(kind?: Notice, text = '', retry?: () => void): void {
  const element = byId('notice');
  element.hidden = kind === undefined;
  if (kind === undefined) return;
  element.dataset['kind'] = kind;
  element.setAttribute('role', kind === 'error' ? 'alert' : 'status');
  element.replaceChildren(h('p', {}, text));
  if (retry === undefined) return;
  const button = h('button', { class: 'primary', type: 'button', 'data-testid': 'retry' }, 'Try again');
  button.addEventListener('click', retry);
  element.append(button);
}

function fail(error: unknown, retry: () => void): void {
  const offline = error instanceof ApiError && error.status === 0;
  header.state(offline ? 'offline' : 'error');
  notice('error', error instanceof Error ? error.message : String(error), retry);
}

/** The market of the address, else of the last visit, else the one with the newest bar: the likeliest to be live. */
function firstChoice(): Choice | undefined {
  const search = new URLSearchParams(location.search);
  const wanted: Partial<Choice> = search.has('symbol') ? Object.fromEntries(search) : (saved.read<Choice>('choice') ?? {});
  const of = known.filter(({ symbol }) => symbol === wanted.symbol);
  const market = of.find(({ interval }) => interval === wanted.interval) ?? of[0];
  if (market === undefined && search.has('symbol')) {
    return { symbol: wanted.symbol ?? '', interval: wanted.interval ?? known[0]?.interval ?? '1h' };
  }
  return market ?? [...known].sort((one, other) => other.last - one.last)[0];
}

async function start(): Promise<void> {
  notice('loading', 'Loading …');
  try {
    const [, list] = await Promise.all([init(), markets()]);
    known = list;
  } catch (error) {
    fail(error, () => void start());
    return;
  }
  byId<HTMLButtonElement>('add').disabled = false;
  if (indicators.list.length === 0) indicators.restore();
  const choice = firstChoice();
  if (choice === undefined) {
    header.state('empty');
    notice('empty', 'Nothing is stored yet. Import candles or start your bot, then reload.');
    return;
  }
  open({ symbol: choice.symbol, interval: choice.interval });
}

const picker = new Picker(add);
const openPicker = (): void => {
  if (!byId<HTMLButtonElement>('add').disabled) picker.open();
};
byId('add').addEventListener('click', openPicker);
byId('latest').addEventListener('click', () => view.toLatest());
view.chart.timeScale().subscribeVisibleLogicalRangeChange(quote);
onTheme(() => {
  indicators.recolour();
  panel.update();
  marks.draw();
  legend.draw();
});
const help = startKeys(byId('chart'), {
  add: openPicker,
  symbol: () => header.symbol.focus(),
  theme: nextTheme,
  latest: () => view.toLatest(),
  move: (bars, zoom) => view.move(bars, zoom),
});
byId('help').addEventListener('click', help);

window.__atra = Object.freeze({
  get ready() {
    return ready;
  },
  get bars() {
    return frame?.length ?? 0;
  },
  get lastTime() {
    return frame?.time.at(-1) ?? 0;
  },
  get panes() {
    return view.panes;
  },
  get markers() {
    return view.marks;
  },
  outputs: (id: string) => indicators.list.find(({ spec }) => spec.id === id)?.plots.last(5) ?? [],
});

void start();
