// Keyboard: everything the mouse can do.
import { h } from './dom';

export interface Shortcuts {
  add(): void;
  symbol(): void;
  theme(): void;
  latest(): void;
  move(bars: number, zoom?: number): void;
}

const HELP: [keys: string[], what: string][] = [
  [['/'], 'Add an indicator'],
  [['S'], 'Choose the symbol'],
  [['T'], 'Change colours'],
  [['End'], 'Latest bar'],
  [['←', '→'], 'Move the chart; with Shift, further'],
  [['+', '−'], 'Zoom the chart'],
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
    End: on.latest,
    '?': help,
  };
  const onChart: Record<string, (event: KeyboardEvent) => void> = {
    ArrowLeft: ({ shiftKey }) => on.move(shiftKey ? -50 : -5),
    ArrowRight: ({ shiftKey }) => on.move(shiftKey ? 50 : 5),
    '+': () => on.move(0, 0.8),
    '=': () => on.move(0, 0.8),
    '-': () => on.move(0, 1.25),
  };
  addEventListener('keydown', (event) => {
    const target = event.target instanceof Element ? event.target : undefined;
    const typing = target?.closest('input, select, textarea, dialog') != null;
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const action = (target === chart ? onChart[key] : undefined) ?? everywhere[key];
    if (action === undefined) return;
    event.preventDefault();
    action(event);
  });
  return help;
}
