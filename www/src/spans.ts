// How much time is seen: a day, a month, everything.
import { byId, h } from './dom';

const DAY = 86_400_000;
const SPANS: readonly [name: string, title: string, length: number][] = [
  ['1D', 'One day', DAY],
  ['1W', 'One week', 7 * DAY],
  ['1M', 'One month', 30.4 * DAY],
  ['3M', 'Three months', 91.3 * DAY],
  ['1Y', 'One year', 365.25 * DAY],
  ['5Y', 'Five years', 5 * 365.25 * DAY],
];
/** A span of fewer bars is not worth a button. */
const FEWEST = 20;

/** Buttons of the spans that make sense for bars of an interval. */
export class Spans {
  readonly #buttons = SPANS.map(([name, title, length]) => {
    const button = h('button', { class: 'tool', type: 'button', title, hidden: true, 'data-testid': `span-${name}` }, name);
    button.addEventListener('click', () => this.chosen(length));
    return { button, length };
  });

  constructor(private readonly chosen: (length: number) => void) {
    byId('spans').prepend(...this.#buttons.map(({ button }) => button));
  }

  show(interval: number): void {
    const worth = this.#buttons.filter(({ length }) => length / interval >= FEWEST).slice(0, 4);
    for (const { button } of this.#buttons) button.hidden = !worth.some((other) => other.button === button);
  }
}
