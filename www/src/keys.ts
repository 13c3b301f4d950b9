// Keyboard: everything the mouse can do.
import { h } from './dom';

export interface Shortcuts {
  add(): void;
  symbol(): void;
  theme(): void;
  latest(): void;
  first(): void;
  fit(): void;
  log(): void;
  auto(): void;
  replay(): void;
  open(): void;
  play(): void;
  step(): void;
  /** The crosshair, by so many bars. */
  walk(bars: number): void;
  zoom(factor: number): void;
  leave(): void;
}

const HELP: [keys: string[], what: string][] = [
  [['/'], 'Add an indicator'],
  [['S'], 'Choose the symbol'],
  [['←', '→'], 'On the chart: from bar to bar; with Shift, by 50'],
  [['+', '−'], 'On the chart: zoom'],
  [['Home', 'End'], 'First bar, latest bar'],
  [['F'], 'Every bar'],
  [['L'], 'Logarithmic scale'],
  [['A'], 'Fit the price scale'],
  [['R'], 'Replay; Space plays and pauses, “.” is the next bar'],
  [['O'], 'Open a file of candles'],
  [['T'], 'Change colours'],
  [['?'], 'This list'],
];

/** Starts listening; returns what opens the list of shortcuts. */
export function startKeys(chart: HTMLElement, on: Shortcuts): () => void {
  const close = h('button', { class: 'icon', type: 'button', 'aria-label': 'Close' }, '×');
  const dialog = h(
    'dialog',
    { class: 'help', 'aria-labelledby': 'help-title' },
    h('header', {}, h('h2', { id: 'help-title' }, 'Keyboard shortcuts'), close),
    h(
      'dl',
      {},
      ...HELP.flatMap(([keys, what]) => [h('dt', {}, ...keys.map((key) => h('kbd', {}, key))), h('dd', {}, what)]),
    ),
  );
  document.body.append(dialog);
  close.addEventListener('click', () => dialog.close());
  const help = (): void => dialog.showModal();

  const everywhere: Record<string, () => void> = {
    '/': on.add,
    s: on.symbol,
    t: on.theme,
    f: on.fit,
    l: on.log,
    a: on.auto,
    r: on.replay,
    o: on.open,
    '.': on.step,
    Home: on.first,
    End: on.latest,
    '?': help,
  };
  const onChart: Record<string, (event: KeyboardEvent) => void> = {
    ArrowLeft: ({ shiftKey }) => on.walk(shiftKey ? -50 : -1),
    ArrowRight: ({ shiftKey }) => on.walk(shiftKey ? 50 : 1),
    '+': () => on.zoom(1.25),
    '=': () => on.zoom(1.25),
    '-': () => on.zoom(0.8),
    ' ': () => on.play(),
    Escape: () => on.leave(),
  };
  addEventListener('keydown', (event) => {
    const target = event.target instanceof Element ? event.target : undefined;
    const typing = target?.closest('input, select, textarea, dialog') != null;
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const atChart = target === chart || target === document.body;
    const action = (atChart ? onChart[key] : undefined) ?? everywhere[key];
    // A chart that is not seen is left as it is.
    const hidden = chart.closest('[hidden]') !== null && ![on.theme, help].includes(action as () => void);
    if (action === undefined || hidden) return;
    event.preventDefault();
    action(event);
  });
  return help;
}
