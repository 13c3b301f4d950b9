// The dialog that adds an indicator: a search box over the catalogue, by mouse or keyboard.
import { catalog, type IndicatorSpec } from 'atra-wasm';
import { h } from './dom';

/** The longest group by far, so it stands last. */
const LAST = 'candlestick';

/** How well an indicator matches the words, 0 best; undefined when it lacks one. */
function rank({ id, name, group, talib }: IndicatorSpec, words: string[]): number | undefined {
  const names = [id, talib?.function ?? '', name].map((text) => text.toLowerCase());
  const text = [...names, group].join(' ');
  if (!words.every((word) => text.includes(word))) return undefined;
  const query = words.join(' ');
  if (names.includes(query)) return 0;
  if (names.some((known) => known.startsWith(query))) return 1;
  const begins = text.split(/[\s_(/-]+/);
  return words.every((word) => begins.some((known) => known.startsWith(word))) ? 2 : 3;
}

export class Picker {
  readonly #input = h('input', {
    type: 'text',
    role: 'combobox',
    placeholder: 'Search indicators …',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-label': 'Search indicators',
    'aria-controls': 'picker-list',
    'aria-expanded': 'true',
    'aria-autocomplete': 'list',
    'data-testid': 'picker-search',
  });
  readonly #list = h('div', { id: 'picker-list', role: 'listbox', 'aria-label': 'Indicators' });
  readonly #dialog = h(
    'dialog',
    { class: 'picker', 'aria-label': 'Add an indicator', 'data-testid': 'picker' },
    h('div', { class: 'search' }, this.#input),
    this.#list,
    h('footer', { class: 'hint' }, h('kbd', {}, '↑'), h('kbd', {}, '↓'), ' choose ', h('kbd', {}, 'Enter'), ' add ', h('kbd', {}, 'Esc'), ' close'),
  );
  #found: IndicatorSpec[] = [];
  #active = 0;

  constructor(private readonly add: (id: string) => void) {
    document.body.append(this.#dialog);
    this.#input.addEventListener('input', () => this.#search());
    this.#input.addEventListener('keydown', (event) => this.#key(event));
    this.#dialog.addEventListener('click', (event) => {
      if (event.target === this.#dialog) this.#close();
    });
  }

  open(): void {
    if (this.#dialog.open) return;
    this.#input.value = '';
    this.#search();
    this.#dialog.showModal();
    this.#input.focus();
  }

  #search(): void {
    const words = this.#input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const ranks = new Map(catalog().map((spec) => [spec, words.length === 0 ? 0 : rank(spec, words)]));
    const rankOf = (spec: IndicatorSpec): number => ranks.get(spec) ?? Infinity;
    // The best first, and so is its group; equals stay in the catalogue's order.
    const matches = catalog()
      .filter((spec) => ranks.get(spec) !== undefined && !spec.inputs.includes('periods'))
      .sort((one, other) => rankOf(one) - rankOf(other) || Number(one.group === LAST) - Number(other.group === LAST));
    const groups = Map.groupBy(matches, ({ group }) => group);
    this.#found = [...groups.values()].flat();
    let index = 0;
    this.#list.replaceChildren(
      ...[...groups].map(([group, specs]) =>
        h(
          'div',
          { role: 'group', 'aria-labelledby': `picker-${group}` },
          h('div', { class: 'group', id: `picker-${group}`, role: 'presentation' }, group, h('span', {}, String(specs.length))),
          ...specs.map((spec) => this.#option(spec, index++)),
        ),
      ),
    );
    if (matches.length === 0) this.#list.append(h('p', { class: 'muted none' }, `No indicator matches “${this.#input.value}”.`));
    this.#choose(0);
  }

  #option(spec: IndicatorSpec, index: number): HTMLElement {
    const option = h(
      'div',
      { role: 'option', id: `option-${spec.id}`, class: 'option', 'data-testid': `option-${spec.id}` },
      h('span', { class: 'name' }, spec.name, h('code', {}, spec.id)),
      h('span', { class: 'summary' }, spec.summary.replaceAll('`', '')),
    );
    option.addEventListener('click', () => this.#take(index));
    option.addEventListener('pointermove', () => this.#choose(index, false));
    return option;
  }

  #key(event: KeyboardEvent): void {
    const last = this.#found.length - 1;
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 };
    const step = steps[event.key];
    if (step !== undefined) this.#choose(Math.max(0, Math.min(last, this.#active + step)));
    else if (event.key === 'Enter') this.#take(this.#active);
    else if (event.key === 'Escape') this.#close();
    else return;
    event.preventDefault();
  }

  #choose(index: number, scroll = true): void {
    this.#active = index;
    this.#list.querySelectorAll('.option').forEach((option, position) => {
      option.setAttribute('aria-selected', String(position === index));
      if (position === index && scroll) option.scrollIntoView({ block: 'nearest' });
    });
    const spec = this.#found[index];
    if (spec === undefined) this.#input.removeAttribute('aria-activedescendant');
    else this.#input.setAttribute('aria-activedescendant', `option-${spec.id}`);
  }

  #take(index: number): void {
    const spec = this.#found[index];
    if (spec === undefined) return;
    this.#close();
    this.add(spec.id);
  }

  /** Gives the focus back at once; a browser takes it from a hidden box only at the next frame. */
  #close(): void {
    this.#dialog.close();
    this.#input.blur();
  }
}
