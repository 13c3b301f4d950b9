// What stands under the crosshair, in the corner of each pane and in the data window; without a crosshair, the last bar.
import type { Frame } from 'atra-wasm';
import type { ChartView } from './chart/chart';
import { byId, h, oncePerFrame } from './dom';
import type { Indicators, Shown } from './indicators';
import { candle, values, type Item } from './readings';

/** Names that are known by their letter. */
const LETTERS: Record<string, string> = { open: 'O', high: 'H', low: 'L', close: 'C', volume: 'V', change: '' };

/** A row of values: made once, its texts changed from bar to bar. */
class Row {
  readonly #cells: { text: Text; element: HTMLElement }[];

  constructor(cells: { text: Text; element: HTMLElement }[]) {
    this.#cells = cells;
  }

  set(items: readonly Item[]): void {
    for (const [index, { text, element }] of this.#cells.entries()) {
      const item = items[index];
      if (text.data !== (item?.text ?? '')) text.data = item?.text ?? '';
      if (element.className !== (item?.kind ?? '')) element.className = item?.kind ?? '';
      if (item?.colour !== undefined && element.dataset['colour'] !== item.colour) {
        element.dataset['colour'] = item.colour;
        element.style.color = item.colour;
      }
    }
  }
}

export class Legend {
  readonly #root = byId('legends');
  readonly #table = byId('data');
  #frame: Frame | undefined;
  #row: number | undefined;
  /** What is made, by its shape: which indicators with which parameters in which panes. */
  #shape = '';
  #dates: Text[] = [];
  #rows: { rows: Row[]; items: (frame: Frame, row: number) => Item[] }[] = [];
  #panes: { element: HTMLElement; index: number }[] = [];
  /** Panes are drawn below their legends, however many lines these take. */
  readonly #sizes = new ResizeObserver(() => this.#makeRoom());
  #width = 0;
  readonly draw = oncePerFrame(() => this.#draw());

  constructor(
    private readonly view: ChartView,
    private readonly indicators: Indicators,
    private readonly chosen: (shown: Shown) => void,
  ) {
    view.onCrosshair((crosshair) => {
      this.#row = crosshair?.row;
      this.draw();
    });
    view.onDraw(() => this.#place());
  }

  show(frame: Frame | undefined): void {
    this.#frame = frame;
    this.#row = undefined;
    this.draw();
  }

  #draw(): void {
    const frame = this.#frame;
    const empty = frame === undefined || frame.length === 0;
    const shape = empty ? '' : this.indicators.list.map(({ key, title, plots }) => `${key} ${title} ${plots.shown}`).join('|') + '|';
    if (shape !== this.#shape) {
      this.#shape = shape;
      this.#make(empty);
    }
    if (empty) return;
    const row = Math.min(this.#row ?? frame.length - 1, frame.length - 1);
    const date = this.view.moment(frame.time[row]!);
    for (const text of this.#dates) text.data = date;
    for (const { rows, items } of this.#rows) {
      const list = items(frame, row);
      for (const each of rows) each.set(list);
    }
  }

  #make(empty: boolean): void {
    this.#rows = [];
    this.#panes = [];
    this.#sizes.disconnect();
    this.#width = 0;
    this.#dates = [];
    this.#root.replaceChildren();
    this.#table.replaceChildren();
    if (empty) return;
    const { view, indicators } = this;
    const price = this.#pane(0);
    const date = [document.createTextNode(''), document.createTextNode('')];
    this.#dates = date;
    this.#table.append(h('tr', {}, h('th', { scope: 'row' }, 'time'), h('td', {}, date[1]!)));
    const items = (frame: Frame, row: number): Item[] => candle(view, frame, row);
    this.#add(price, h('b', {}, date[0]!), undefined, ['open', 'high', 'low', 'close', 'change', 'volume'], items, 'legend-candle');
    for (const shown of indicators.list) {
      const { spec, plots } = shown;
      const own = plots.ownPane === undefined ? -1 : view.panes.indexOf(plots.ownPane);
      const names = plots.read(0).map(({ name }) => name);
      // The card beside the chart has the same for keys: here it is for the mouse only.
      const line = h('button', { type: 'button', tabindex: -1, title: `${spec.name}: settings` }, shown.title);
      line.addEventListener('click', () => this.chosen(shown));
      if (!plots.shown) line.className = 'off';
      this.#add(own > 0 ? this.#pane(own) : price, line, shown.title, names, (_, row) => values(view, shown, row), `legend-${spec.id}`);
    }
    this.#place();
  }

  #pane(index: number): HTMLElement {
    const element = h('div', { class: 'legend' });
    this.#root.append(element);
    this.#panes.push({ element, index });
    this.#sizes.observe(element);
    return element;
  }

  /** A line of the legend and rows of the table, for values of these names. */
  #add(pane: HTMLElement, head: HTMLElement, title: string | undefined, names: string[], items: (frame: Frame, row: number) => Item[], id: string): void {
    const cell = (tag: 'span' | 'td', ...before: Node[]): { text: Text; element: HTMLElement } => {
      const text = document.createTextNode('');
      return { text, element: h(tag, {}, ...before, text) };
    };
    const letters = names.map((name) => {
      const label = title === undefined ? (LETTERS[name] ?? name) : names.length > 1 ? name : '';
      return cell('span', ...(label === '' ? [] : [h('i', {}, label)]));
    });
    pane.append(h('div', { class: 'line', 'data-testid': id }, head, ...letters.map(({ element }) => element)));
    const cells = names.map(() => cell('td'));
    if (title !== undefined) this.#table.append(h('tr', { class: 'head' }, h('th', { scope: 'rowgroup', colspan: 2 }, title)));
    for (const [index, name] of names.entries()) this.#table.append(h('tr', {}, h('th', { scope: 'row' }, name), cells[index]!.element));
    this.#rows.push({ rows: [new Row(letters), new Row(cells)], items });
  }

  #place(): void {
    for (const { element, index } of this.#panes) {
      const top = `${Math.round(this.view.panes[index]?.scale.top ?? 0)}px`;
      if (element.style.top !== top) element.style.top = top;
    }
  }

  /** A legend that wraps while the crosshair moves takes its room once, so that the chart stands still. */
  #makeRoom(): void {
    const resized = this.#width !== this.#root.clientWidth;
    this.#width = this.#root.clientWidth;
    let moved = false;
    for (const { element, index } of this.#panes) {
      const scale = this.view.panes[index]?.scale;
      if (scale === undefined) continue;
      const height = resized ? element.offsetHeight : Math.max(scale.legend, element.offsetHeight);
      moved ||= height !== scale.legend;
      scale.legend = height;
    }
    if (moved) this.view.draw();
  }
}
