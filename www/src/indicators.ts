// The indicators on the chart: each computed once over history, then followed live.
import { catalog, stream, type Bar, type Frame, type IndicatorSpec, type Output, type Stream } from 'atra-wasm';
import type { ChartView } from './chart';
import { saved } from './dom';
import { Plots } from './plots';

/** Shown on the first visit, as far as the catalogue has them. */
const FIRST = ['ema', 'bbands', 'rsi'];

/** Parameters by name. */
export type Values = Record<string, number | string>;

/** One indicator on the chart. */
export class Shown {
  stream: Stream | undefined;
  error: string | undefined;
  /** How long the last computation over the whole history took, in milliseconds. */
  took = 0;

  constructor(
    readonly key: string,
    readonly spec: IndicatorSpec,
    readonly params: Values,
    readonly plots: Plots,
    readonly colour: number,
  ) {}

  /** `EMA 30`: as legends name it. */
  get title(): string {
    const values = Object.values(this.params).map((value) => (typeof value === 'string' ? value.toUpperCase() : value));
    return [this.spec.id.replaceAll('_', ' ').toUpperCase(), ...values].join(' ');
  }

  compute(frame: Frame): void {
    try {
      const { next, history } = this.#run(frame);
      this.stream?.free();
      this.stream = next;
      this.error = undefined;
      this.plots.set(history.values, history.displacements);
      history.free();
    } catch (error) {
      this.error = error instanceof Error ? error.message : String(error);
    }
  }

  /** Times a computation again: the first one of a page also pays for the browser getting ready. */
  measure(frame: Frame): void {
    if (this.error !== undefined) return;
    const { next, history } = this.#run(frame);
    next.free();
    history.free();
  }

  #run(frame: Frame): { next: Stream; history: Output } {
    const begin = performance.now();
    const next = stream(this.spec.id, this.params);
    const history = next.extend(frame);
    this.took = performance.now() - begin;
    return { next, history };
  }

  tick(bar: Bar, appended: boolean): void {
    if (this.stream === undefined) return;
    const values = appended || this.stream.bars === 0 ? this.stream.update(bar) : this.stream.replace(bar);
    this.plots.tick(values, appended);
  }
}

export class Indicators {
  readonly list: Shown[] = [];
  #frame: Frame | undefined;
  #made = 0;

  constructor(
    private readonly view: ChartView,
    private readonly changed: () => void,
  ) {}

  /** Those of the last visit, or the first ones. */
  restore(): void {
    const before = saved.read<{ id: string; params: Values }[]>('indicators');
    for (const { id, params } of before ?? FIRST.map((id) => ({ id, params: {} }))) this.add(id, params);
  }

  add(id: string, given: Values = {}): Shown | undefined {
    const spec = catalog().find((candidate) => candidate.id === id);
    if (spec === undefined) return undefined;
    const params = Object.fromEntries(spec.params.map(({ name, default: value }) => [name, given[name] ?? value]));
    const key = `${id}-${++this.#made}`;
    const colour = this.#freeColour();
    const shown = new Shown(key, spec, params, new Plots(this.view, key, spec, colour), colour);
    this.list.push(shown);
    if (this.#frame !== undefined) shown.compute(this.#frame);
    this.#save();
    return shown;
  }

  remove(shown: Shown): void {
    this.list.splice(this.list.indexOf(shown), 1);
    shown.plots.remove();
    shown.stream?.free();
    this.#save();
  }

  /** Takes a parameter's new value and draws with it. */
  change(shown: Shown, name: string, value: number | string): void {
    shown.params[name] = value;
    if (this.#frame !== undefined) shown.compute(this.#frame);
    this.#save();
  }

  reset(frame: Frame): void {
    this.#frame = frame;
    for (const shown of this.list) shown.compute(frame);
    this.changed();
    setTimeout(() => {
      if (this.#frame !== frame) return;
      for (const shown of this.list) shown.measure(frame);
      this.changed();
    }, 500);
  }

  /** Forgets the frame, which its owner is about to free. */
  close(): void {
    this.#frame = undefined;
  }

  tick(bar: Bar, appended: boolean): void {
    for (const shown of this.list) shown.tick(bar, appended);
  }

  recolour(): void {
    for (const { plots } of this.list) plots.recolour();
  }

  #freeColour(): number {
    const used = new Set(
      this.list.flatMap(({ colour, plots }) => Array.from({ length: plots.colours }, (_, index) => (colour + index) % 8)),
    );
    const free = [0, 1, 2, 3, 4, 5, 6, 7].find((index) => !used.has(index));
    return free ?? this.#made % 8;
  }

  #save(): void {
    saved.write('indicators', this.list.map(({ spec, params }) => ({ id: spec.id, params })));
    this.changed();
  }
}
