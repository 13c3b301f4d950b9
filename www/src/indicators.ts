// The indicators on the chart: each computed once over history, then followed live.
import { catalog, stream, type Bar, type Frame, type IndicatorSpec, type Output, type Stream } from 'atra-wasm';
import type { ChartView } from './chart/chart';
import { Plots } from './plots';
import { LINES } from './theme';

/** Parameters by name. */
export type Values = Record<string, number | string>;

/** An indicator as layouts name it: its id, and the parameters that are not the usual ones. */
export interface Wanted {
  id: string;
  params: Values;
  hidden?: boolean;
}

/** Shown on the first visit, as far as the catalogue has them. */
export const FIRST: readonly Wanted[] = ['ema', 'bbands', 'rsi'].map((id) => ({ id, params: {} }));

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

  /** `EMA 30`: as legends name it; of choices only those that are not the usual ones. */
  get title(): string {
    const values = this.spec.params.flatMap(({ name, type, default: usual }) => {
      const value = this.params[name]!;
      if (type === 'choice') return value === usual ? [] : [String(value).toUpperCase()];
      return [value];
    });
    return [this.spec.id.replaceAll('_', ' ').toUpperCase(), ...values].join(' ');
  }

  /** Of another frame than before, nothing that was computed stays when this cannot be. */
  compute(frame: Frame, another: boolean): void {
    try {
      const { next, history } = this.#run(frame);
      this.stream?.free();
      this.stream = next;
      this.error = undefined;
      this.plots.set(history.values, history.displacements);
      history.free();
    } catch (error) {
      this.error = error instanceof Error ? error.message : String(error);
      if (!another) return;
      this.stream?.free();
      this.stream = undefined;
      this.plots.set([], []);
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
    try {
      const values = appended || this.stream.bars === 0 ? this.stream.update(bar) : this.stream.replace(bar);
      this.plots.tick(values, appended);
    } catch (error) {
      this.error = error instanceof Error ? error.message : String(error);
    }
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

  /** As layouts keep them. */
  get wanted(): Wanted[] {
    return this.list.map(({ spec, params, plots }) => ({
      id: spec.id,
      params: Object.fromEntries(spec.params.flatMap(({ name, default: usual }) => (params[name] === usual ? [] : [[name, params[name]!]]))),
      ...(plots.shown ? {} : { hidden: true }),
    }));
  }

  restore(wanted: readonly Wanted[]): void {
    for (const { id, params, hidden } of wanted) {
      const shown = this.add(id, params);
      if (shown !== undefined && hidden === true) shown.plots.shown = false;
    }
  }

  /** Adds one; nothing when the catalogue has none of that name. */
  add(id: string, given: Values = {}): Shown | undefined {
    const spec = catalog().find((candidate) => candidate.id === id);
    if (spec === undefined || spec.inputs.includes('periods')) return undefined;
    const params = Object.fromEntries(spec.params.map(({ name, default: value }) => [name, given[name] ?? value]));
    const key = `${id}-${++this.#made}`;
    const colour = this.#freeColour();
    const shown = new Shown(key, spec, params, new Plots(this.view, spec, colour), colour);
    this.list.push(shown);
    if (this.#frame !== undefined) shown.compute(this.#frame, true);
    this.changed();
    return shown;
  }

  remove(shown: Shown): void {
    this.list.splice(this.list.indexOf(shown), 1);
    shown.plots.remove();
    shown.stream?.free();
    this.changed();
  }

  /** Takes a parameter's new value and draws with it. */
  change(shown: Shown, name: string, value: number | string): void {
    shown.params[name] = value;
    if (this.#frame !== undefined) shown.compute(this.#frame, false);
    this.changed();
  }

  show(shown: Shown, visible: boolean): void {
    shown.plots.shown = visible;
    this.changed();
  }

  reset(frame: Frame): void {
    this.#frame = frame;
    for (const shown of this.list) shown.compute(frame, true);
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

  #freeColour(): number {
    const used = new Set(this.list.flatMap(({ plots }) => plots.colours.map((colour) => colour % LINES)));
    const free = Array.from({ length: LINES }, (_, index) => index).find((index) => !used.has(index));
    return free ?? this.#made % LINES;
  }
}
