// The page: puts the parts together.
import { init } from 'atra-wasm';
import { ChartView } from './chart/chart';
import { Input } from './chart/input';
import { Separators } from './chart/separators';
import { server } from './data/api';
import { files } from './data/files';
import { generated } from './data/generated';
import { samples } from './data/samples';
import { SourceError, same, type Choice, type Source } from './data/source';
import { byId, oncePerFrame, saved } from './dom';
import { startFiles } from './drop';
import { count, milliseconds } from './format';
import { Header, type Listed } from './header';
import { FIRST, Indicators } from './indicators';
import { startKeys } from './keys';
import { read, write, type Layout } from './layout';
import { Legend } from './legend';
import { Panel } from './panel';
import { Picker } from './picker';
import { spoken } from './readings';
import { ReplayBar } from './replaybar';
import { download, picture, table } from './save';
import { Session } from './session';
import { Signals } from './signals';
import { Spans } from './spans';
import { nextTheme, onTheme, startTheme } from './theme';
import { notice, toast } from './notice';
import { startViews } from './views';
import { startZones } from './zonelist';
import { watchState } from './debug';
import './style.css';

/** Served as plain files the page has samples; else there is a server. */
const main: Source = import.meta.env.MODE === 'static' ? samples : server;
const sources: readonly Source[] = [main, files, generated];

startTheme();
const given = read(location.search);
const kept = read(saved.read<string>('layout') ?? '');
const header = new Header((choice) => open(choice));
const view = new ChartView(byId('chart'));
new Input(view);
new Separators(view, () => keep());
const indicators: Indicators = new Indicators(view, () => {
  view.ahead = Math.max(0, ...indicators.list.map(({ plots }) => (plots.shown ? plots.ahead : 0)));
  panel.update();
  legend.draw();
  keep();
});
const panel = new Panel(indicators);
const legend = new Legend(view, indicators, (shown) => panel.focus(shown));
const spans = new Spans((length) => void session.load(length).then(() => view.showSpan(length)));
const marks = new Signals(view);
const session: Session = new Session(view, indicators, marks, {
  shown(frame) {
    legend.show(frame);
    spans.show(view.interval);
    quote();
  },
  ticked() {
    legend.draw();
    quote();
  },
  state: (state) => header.state(state),
  failed: (error, choice, layout) => fail(error, () => open(choice, layout)),
  replaying: (replay) => replayBar.show(replay),
  replayed: () => replayBar.update(),
});
const replayBar: ReplayBar = new ReplayBar(() => session.endReplay());
const views = startViews(() => keep());
const zones = startZones((zone) => {
  view.zone = zone;
  legend.draw();
  marks.draw();
  keep();
});

let known: Listed[] = [];

// Markets.

function open(choice: Choice, layout: Layout = {}): void {
  const source = known.find((market) => same(market, choice))?.source ?? main;
  header.show(known, choice);
  legend.show(undefined);
  session.open(source, choice, layout);
  keep();
}

async function list(): Promise<void> {
  const of = async (source: Source): Promise<Listed[]> => (await source.markets()).map((market) => ({ ...market, source }));
  const all = await Promise.all(sources.map(of));
  // Files may have been opened while others answered.
  const held = await of(files);
  known = all.flatMap((markets, index) => (sources[index] === files ? held : markets));
}

/** The market of the address, else of the last visit, else the one with the newest bar: the likeliest to be live. */
function firstChoice(): Choice | undefined {
  const wanted = given.choice ?? kept.choice;
  const of = known.filter(({ symbol }) => symbol === wanted?.symbol);
  const market = of.find(({ interval }) => interval === wanted?.interval) ?? of[0];
  if (market === undefined && given.choice?.symbol !== undefined) {
    return { symbol: given.choice.symbol, interval: given.choice.interval ?? known[0]?.interval ?? '1h' };
  }
  return market ?? known.filter(({ source }) => source === main).sort((one, other) => other.last - one.last)[0];
}

async function start(): Promise<void> {
  notice('loading', 'Loading …');
  try {
    await Promise.all([init(), list()]);
  } catch (error) {
    fail(error, () => void start());
    return;
  }
  furnish();
  if (session.choice !== undefined) return header.show(known, session.choice); // a file was opened meanwhile
  const choice = firstChoice();
  if (choice === undefined) {
    header.show(known, { symbol: '', interval: '' });
    header.state('empty');
    notice('empty', 'Nothing is stored yet. Import candles or start your bot, then reload; or open a file of candles.');
    return;
  }
  open({ symbol: choice.symbol, interval: choice.interval }, given);
}

/** Once the module runs: the indicators of the layout. */
function furnish(): void {
  const add = byId<HTMLButtonElement>('add');
  if (!add.disabled) return;
  add.disabled = false;
  byId('side').classList.remove('loading');
  indicators.restore(given.indicators ?? kept.indicators ?? FIRST);
  for (const [index, weight] of (given.panes ?? []).entries()) {
    const pane = view.panes[index];
    if (pane !== undefined) pane.weight = weight;
  }
}

function fail(error: unknown, retry: () => void): void {
  const offline = error instanceof SourceError && error.status === 0;
  header.state(offline ? 'offline' : 'error');
  notice('error', error instanceof Error ? error.message : String(error), retry);
}

// What stands around the chart.

const quote = oncePerFrame(() => {
  const close = session.frame?.column('close');
  header.quote(close?.at(-1), close?.at(-2), view.decimals);
});

/** Soon, and once for many changes; a live chart changes all the time. */
function keep(): void {
  keeping ??= setTimeout(keepNow, 250);
}
let keeping: number | undefined;

function layoutNow(): Layout {
  const uneven = view.panes.some(({ weight }, index) => weight !== (index === 0 ? 1 : 0.3));
  return {
    choice: session.choice,
    indicators: indicators.wanted,
    log: view.log,
    zone: zones.id,
    panes: uneven ? view.panes.map(({ weight }) => weight) : undefined,
    page: views.page,
  };
}

/** The layout goes into the address, with where the chart stands, and into the store, without. */
function keepNow(): void {
  clearTimeout(keeping);
  keeping = undefined;
  // Until the chart stands where the address says, the address stays.
  if (session.choice === undefined || !session.placed) return;
  const layout = layoutNow();
  saved.write('layout', write(layout));
  const { time } = view;
  const end = time.atLatest || session.replay !== undefined ? undefined : view.timeAt(Math.round(time.right));
  history.replaceState(null, '', write({ ...layout, bars: time.bars, end }) || location.pathname);
}

/** Numbers that change with every drawing are written a few times a second. */
let saying: number | undefined;
function say(): void {
  saying = undefined;
  const { frame } = session;
  byId('bars').textContent = frame === undefined ? '' : `${count(frame.length)} bars`;
  byId('drawn').textContent = frame === undefined ? '' : `drawn in ${milliseconds(view.drew)}`;
  const last = frame?.time.at(-1);
  byId('live-time').textContent = last === undefined ? '' : `last bar ${view.moment(last)}`;
}

view.onDraw(() => {
  byId('latest').hidden = session.frame === undefined || view.time.atLatest;
  byId('auto').setAttribute('aria-pressed', String(view.panes.every(({ scale }) => scale.auto)));
  byId('log').setAttribute('aria-pressed', String(view.log));
  saying ??= setTimeout(say, 150);
  if (view.time.from < 200) void session.older();
  if (session.frame !== undefined) keep();
});
onTheme(() => {
  panel.update();
  marks.draw();
  legend.draw();
});

// What can be done.

const picker = new Picker((id) => {
  const shown = indicators.add(id);
  if (shown !== undefined) panel.focus(shown);
});
const chooser = startFiles(take);

async function take(file: File): Promise<void> {
  try {
    await init();
    furnish();
    const taken = known.filter(({ source }) => source !== files).map(({ symbol }) => symbol);
    const market = await files.open(file, taken);
    known = [...known.filter((other) => other.source !== files || !same(other, market)), { ...market, source: files }];
    open({ symbol: market.symbol, interval: market.interval });
    toast(`${file.name}: ${count(market.candles)} candles. They stay on this machine.`);
  } catch (error) {
    toast(error instanceof Error ? error.message : String(error), true);
  }
}

const actions = {
  add(): void {
    if (!byId<HTMLButtonElement>('add').disabled) picker.open();
  },
  symbol: () => header.symbol.focus(),
  theme: nextTheme,
  latest(): void {
    view.toLatest();
    view.setCrosshair(undefined);
  },
  first: () => view.show(0),
  fit: () => void session.load().then(() => view.fit()),
  log(): void {
    view.log = !view.log;
    keep();
  },
  auto(): void {
    if (view.panes.every(({ scale }) => scale.auto)) view.price.scale.auto = false;
    else view.fitPrices();
    view.draw();
  },
  replay: () => session.toggleReplay(),
  open: () => chooser.choose(),
  play: () => replayBar.toggle(),
  step: () => session.replay?.step(),
  walk(bars: number): void {
    const { frame } = session;
    if (frame === undefined || frame.length === 0) return;
    // The first press puts it at the last bar in sight.
    const at = view.crosshair === undefined ? Math.floor(view.time.right) : view.crosshair.row + bars;
    const row = Math.max(0, Math.min(frame.length - 1, at));
    view.show(row);
    view.setCrosshair({ row });
    byId('spoken').textContent = spoken(view, indicators, frame, row);
  },
  zoom(factor: number): void {
    view.time.zoom(factor, view.crosshair?.x ?? view.time.width);
    view.draw();
  },
  leave: () => view.setCrosshair(undefined),
};

const help = startKeys(byId('chart'), actions);
const buttons: [id: string, action: () => void][] = [
  ['add', actions.add],
  ['latest', actions.latest],
  ['log', actions.log],
  ['auto', actions.auto],
  ['fit', actions.fit],
  ['replay', actions.replay],
  ['open', actions.open],
  ['help', help],
  ['png', () => void saveFile('png')],
  ['csv', () => void saveFile('csv')],
  ['link', () => void copyLink()],
];
for (const [id, action] of buttons) byId(id).addEventListener('click', action);

async function saveFile(kind: 'png' | 'csv'): Promise<void> {
  const { frame, choice } = session;
  if (frame === undefined || frame.length === 0 || choice === undefined) return toast('There is nothing to save yet.', true);
  const name = `${choice.symbol}_${choice.interval}`.replace(/[^\w.-]+/g, '-');
  try {
    const data = kind === 'png' ? await picture(view, indicators, frame, `${choice.symbol} · ${choice.interval}`) : table(indicators, frame);
    download(data, `${name}.${kind}`);
  } catch (error) {
    toast(error instanceof Error ? error.message : String(error), true);
  }
}

async function copyLink(): Promise<void> {
  keepNow();
  try {
    await navigator.clipboard.writeText(location.href);
    toast('The address of this layout is copied.');
  } catch {
    toast('This browser does not let the page copy; the address bar has the layout.', true);
  }
}

zones.set(given.zone ?? kept.zone ?? 'UTC');
view.log = given.log ?? kept.log ?? false;
views.show(given.page);
watchState({ session, view, indicators, marks });
void start();

