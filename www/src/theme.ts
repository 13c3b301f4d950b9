// Light and dark, by the system or by choice; the colours live in the style sheet.
import { byId, saved } from './dom';

export type Theme = 'system' | 'light' | 'dark';

const ORDER: readonly Theme[] = ['system', 'light', 'dark'];
const ICONS: Record<Theme, string> = { system: '◐', light: '☀', dark: '☾' };

/** What the chart is painted with. */
export interface Palette {
  surface: string;
  grid: string;
  line: string;
  text: string;
  muted: string;
  faint: string;
  label: string;
  accent: string;
  up: string;
  down: string;
  upSoft: string;
  downSoft: string;
  lines: readonly string[];
}

/** How many line colours there are. */
export const LINES = 8;

let theme: Theme = saved.read<Theme>('theme') ?? 'system';
let palette: Palette | undefined;
const listeners: (() => void)[] = [];

/** The colours of the style sheet as they are now. */
export function colours(): Palette {
  if (palette !== undefined) return palette;
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const names = ['surface', 'grid', 'line', 'text', 'muted', 'faint', 'label', 'accent', 'up', 'down'] as const;
  palette = {
    ...(Object.fromEntries(names.map((name) => [name, of(name)])) as Record<(typeof names)[number], string>),
    upSoft: of('up-soft'),
    downSoft: of('down-soft'),
    lines: Array.from({ length: LINES }, (_, index) => of(`line-${index}`)),
  };
  return palette;
}

/** The colour of line `index`, of as many as there are. */
export function lineColour(index: number, { lines } = colours()): string {
  return lines[index % lines.length] ?? '';
}

export function onTheme(listener: () => void): void {
  listeners.push(listener);
}

export function nextTheme(): void {
  theme = ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length] ?? 'system';
  saved.write('theme', theme);
  apply();
}

export function startTheme(): void {
  matchMedia('(prefers-color-scheme: light)').addEventListener('change', apply);
  byId('theme').addEventListener('click', nextTheme);
  apply();
}

function apply(): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
  const button = byId('theme');
  button.textContent = ICONS[theme];
  button.title = `Colours: ${theme} (T)`;
  button.setAttribute('aria-label', `Colours: ${theme}. Change`);
  palette = undefined;
  listeners.forEach((listener) => listener());
}
