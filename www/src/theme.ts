// Light and dark, by the system or by choice; the colours live in the style sheet.
import { byId, saved } from './dom';

export type Theme = 'system' | 'light' | 'dark';

const ORDER: readonly Theme[] = ['system', 'light', 'dark'];
const ICONS: Record<Theme, string> = { system: '◐', light: '☀', dark: '☾' };

let theme: Theme = saved.read<Theme>('theme') ?? 'system';
const listeners: (() => void)[] = [];

/** A colour of the style sheet: `colour('up')` is `--up`. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** The colour of line `index`, of as many as the style sheet has. */
export function lineColour(index: number): string {
  return colour(`line-${index % 8}`);
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
  button.title = `Colours: ${theme} (t)`;
  button.setAttribute('aria-label', `Colours: ${theme}. Change`);
  listeners.forEach((listener) => listener());
}
