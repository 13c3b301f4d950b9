// The list of indicators beside the chart: a card each, with a slider and a number a parameter, or a list of names.
import type { ChoiceParam, NumberParam, ParamSpec } from 'atra-wasm';
import { byId, h, oncePerFrame } from './dom';
import { milliseconds } from './format';
import type { Indicators, Shown } from './indicators';
import { lineColour } from './theme';

/** Bounds of a slider: what people try, within what is valid. The number beside it takes everything valid. */
function range({ type, default: usual, min, max }: NumberParam): { min: number; max: number; step: number } {
  if (type === 'int') return { min: Math.max(min, Math.min(1, usual)), max: Math.min(max, Math.max(50, usual * 4)), step: 1 };
  const reach = Math.abs(usual) || 1;
  const step = 10 ** Math.floor(Math.log10(reach)) / 10;
  return { min: Math.max(min, usual < 0 ? -4 * reach : 0), max: Math.min(max, 4 * reach), step };
}

export class Panel {
  readonly #cards = new Map<string, { card: HTMLElement; update: () => void }>();
  readonly #list = byId('indicators');

  constructor(private readonly indicators: Indicators) {}

  /** Makes the cards agree with the indicators shown. */
  update(): void {
    for (const [key, { card }] of this.#cards) {
      if (this.indicators.list.some((shown) => shown.key === key)) continue;
      card.remove();
      this.#cards.delete(key);
    }
    for (const shown of this.indicators.list) {
      if (!this.#cards.has(shown.key)) this.#add(shown);
      this.#cards.get(shown.key)?.update();
    }
    this.#list.dataset['empty'] = String(this.indicators.list.length === 0);
  }

  /** Moves the focus to an indicator's first control. */
  focus(shown: Shown): void {
    const card = this.#cards.get(shown.key)?.card;
    (card?.querySelector<HTMLElement>('input, select') ?? card?.querySelector('button'))?.focus();
  }

  #add(shown: Shown): void {
    const { spec, key } = shown;
    const time = h('span', { class: 'took', title: 'Time to compute the whole history anew', 'data-testid': `took-${spec.id}` });
    const error = h('p', { class: 'error', role: 'alert', hidden: true });
    const swatch = h('span', { class: 'swatch', 'aria-hidden': 'true' });
    const remove = h('button', { class: 'icon small', type: 'button', 'aria-label': `Remove ${spec.name}`, title: 'Remove' }, '×');
    remove.addEventListener('click', () => {
      this.indicators.remove(shown);
      byId('add').focus();
    });
    const eye = h('button', { class: 'icon small', type: 'button', 'data-testid': `eye-${spec.id}` });
    eye.addEventListener('click', () => this.indicators.show(shown, !shown.plots.shown));
    const title = h('h3', { id: `${key}-title`, title: spec.summary }, spec.name);
    const card = h(
      'article',
      { class: 'card', 'data-testid': `indicator-${spec.id}`, 'aria-labelledby': `${key}-title` },
      h('header', {}, swatch, title, time, eye, remove),
      ...spec.params.map((param) => this.#control(shown, param)),
      error,
    );
    const update = (): void => {
      swatch.style.background = lineColour(shown.colour);
      eye.textContent = shown.plots.shown ? '◉' : '◌';
      eye.title = shown.plots.shown ? 'Hide' : 'Show';
      eye.setAttribute('aria-label', `${eye.title} ${spec.name}`);
      card.dataset['off'] = String(!shown.plots.shown);
      time.textContent = shown.stream === undefined ? '' : milliseconds(shown.took);
      error.textContent = shown.error ?? '';
      error.hidden = shown.error === undefined;
    };
    this.#cards.set(key, { card, update });
    this.#list.append(card);
  }

  #control(shown: Shown, param: ParamSpec): HTMLElement {
    const id = `${shown.key}-${param.name}`;
    const label = h('label', { for: id, title: param.summary }, param.name.replaceAll('_', ' '));
    const inputs = param.type === 'choice' ? [this.#choice(shown, param, id)] : this.#number(shown, param, id);
    return h('div', { class: 'param' }, label, ...inputs);
  }

  #choice(shown: Shown, { name, choices }: ChoiceParam, id: string): HTMLElement {
    const options = choices.map((choice) => h('option', { value: choice, selected: choice === shown.params[name] }, choice.toUpperCase()));
    const select = h('select', { id, 'data-testid': `choice-${shown.spec.id}-${name}` }, ...options);
    select.addEventListener('change', () => {
      this.indicators.change(shown, name, select.value);
    });
    return select;
  }

  #number(shown: Shown, param: NumberParam, id: string): HTMLElement[] {
    const { params, spec } = shown;
    const { name } = param;
    const bounds = range(param);
    const slider = h('input', {
      type: 'range',
      ...bounds,
      value: params[name],
      'aria-label': `${spec.name} ${name}, slider`,
      'data-testid': `param-${spec.id}-${name}`,
    });
    const number = h('input', {
      id,
      type: 'number',
      min: param.min,
      max: param.max,
      step: param.type === 'int' ? 1 : 'any',
      value: params[name],
      inputmode: 'decimal',
      'data-testid': `number-${spec.id}-${name}`,
    });
    const fill = (): void => {
      const part = (Number(slider.value) - bounds.min) / (bounds.max - bounds.min);
      slider.style.setProperty('--part', `${Math.round(part * 100)}%`);
    };
    let value = params[name] ?? param.default;
    const draw = oncePerFrame(() => {
      this.indicators.change(shown, name, value);
    });
    slider.addEventListener('input', () => {
      value = Number(slider.value);
      number.value = slider.value;
      fill();
      draw();
    });
    number.addEventListener('input', () => {
      if (number.value.trim() === '') return;
      value = Number(number.value);
      slider.value = number.value;
      fill();
      draw();
    });
    fill();
    return [slider, number];
  }
}
