// One indicator's outputs on the chart, each drawn by its kind: nothing here knows which indicator it is.
import type { IndicatorSpec, Plot } from 'atra-wasm';
import type { ChartView } from './chart/chart';
import type { Layer } from './chart/layer';
import { Band, Histogram, Line } from './chart/lines';
import { MarkColumn } from './chart/marks';
import type { Depth, Pane } from './chart/pane';
import { Column } from './chart/track';
import { lineColour, colours, type Palette } from './theme';

interface Drawn {
  name: string;
  plot: Plot;
  column: Column;
  /** How many bars later than its bar a value is drawn. */
  shift: number;
  /** Which of the page's line colours. */
  colour: number;
}

/** An output's value at a row, for the legend. */
export interface Reading {
  name: string;
  value: number;
  colour: string;
}

const MARKS: ReadonlySet<Plot> = new Set<Plot>(['pattern', 'mark_above', 'mark_below']);
const SILENT: ReadonlySet<Plot> = new Set<Plot>([...MARKS, 'direction']);

export class Plots {
  readonly #drawn: Drawn[];
  readonly #direction: Drawn | undefined;
  readonly #layers: { pane: Pane; depth: Depth; layer: Layer }[] = [];
  /** The pane it has for itself; overlays and marks have none. */
  readonly ownPane: Pane | undefined;
  /** Whether the upper edge was below the lower one somewhere: then the band shows which is above. */
  #crosses = false;
  #shown = true;

  constructor(
    private readonly view: ChartView,
    readonly spec: IndicatorSpec,
    firstColour: number,
  ) {
    let line = firstColour;
    // A direction with nothing beside it to colour is itself a line.
    const alone = spec.outputs.every(({ plot }) => plot === 'direction' || plot === 'hidden');
    // The edges of a band share a colour with nothing else; every further line has its own.
    this.#drawn = spec.outputs.map(({ name, plot }) => ({
      name,
      plot: alone && plot === 'direction' ? 'line' : plot,
      column: new Column(),
      shift: 0,
      colour: plot === 'line' ? line++ : firstColour,
    }));
    const edges = this.#drawn.filter(({ plot }) => plot === 'upper' || plot === 'lower');
    if (line > firstColour) for (const edge of edges) edge.colour = line;
    this.#direction = this.#drawn.find(({ plot }) => plot === 'direction');
    const needsPane = !spec.overlay && this.#drawn.some(({ plot }) => !SILENT.has(plot) && plot !== 'hidden');
    this.ownPane = needsPane ? view.addPane() : undefined;
    for (const drawn of this.#drawn) this.#add(drawn, this.ownPane ?? view.price);
    this.#band(edges, this.ownPane ?? view.price);
    for (const { pane, depth, layer } of this.#layers) pane.add(depth, layer);
  }

  /** The colours used, so that the next indicator takes others. */
  get colours(): readonly number[] {
    return [...new Set(this.#drawn.filter(({ plot }) => !['pattern', 'direction', 'hidden'].includes(plot)).map(({ colour }) => colour))];
  }

  set(columns: readonly Float64Array[], displacements: readonly number[]): void {
    for (const [index, drawn] of this.#drawn.entries()) {
      drawn.column.set(columns[index] ?? new Float64Array(0));
      drawn.shift = displacements[index] ?? 0;
    }
    const [upper, lower] = ['upper', 'lower'].map((plot) => this.#drawn.find((drawn) => drawn.plot === plot)?.column.values);
    this.#crosses = upper !== undefined && lower !== undefined && upper.some((value, row) => value < lower[row]!);
    this.view.draw();
  }

  tick(values: Float64Array, appended: boolean): void {
    for (const [index, { column }] of this.#drawn.entries()) {
      const value = values[index] ?? NaN;
      if (appended) column.push(value);
      else column.replaceLast(value);
    }
  }

  /** How many bars ahead of the last it draws. */
  get ahead(): number {
    return Math.max(0, ...this.#drawn.map(({ shift }) => shift));
  }

  get shown(): boolean {
    return this.#shown;
  }

  /** Hides it, keeping its place. */
  set shown(shown: boolean) {
    if (shown === this.#shown) return;
    this.#shown = shown;
    for (const { pane, depth, layer } of this.#layers) {
      if (shown) pane.add(depth, layer);
      else pane.remove(layer);
    }
    this.view.draw();
  }

  remove(): void {
    for (const { pane, layer } of this.#layers) pane.remove(layer);
    if (this.ownPane !== undefined) this.view.removePane(this.ownPane);
    this.view.draw();
  }

  /** The values of a row; marks and directions are not numbers to read. */
  read(row: number): Reading[] {
    return this.#drawn
      .filter(({ plot }) => !SILENT.has(plot))
      .map((drawn) => ({
        name: drawn.name,
        value: drawn.column.values[row - drawn.shift] ?? NaN,
        colour: this.#colourAt(drawn, row - drawn.shift),
      }));
  }

  /** Every output by name, as it stands beside the candles. */
  outputs(): { name: string; values: Float64Array; shift: number }[] {
    return this.#drawn.map(({ name, column, shift }) => ({ name, values: column.values, shift }));
  }

  /** What colours an output by rising and falling: the first line, where there is a direction. */
  #directionOf(drawn: Drawn): Drawn | undefined {
    return drawn === this.#drawn.find(({ plot }) => plot === 'line') ? this.#direction : undefined;
  }

  #add(drawn: Drawn, pane: Pane): void {
    const { column, plot, name } = drawn;
    const shift = (): number => drawn.shift;
    const colour = (palette: Palette): string => lineColour(drawn.colour, palette);
    const put = (depth: Depth, layer: Layer, at = pane): void => void this.#layers.push({ pane: at, depth, layer });
    switch (plot) {
      case 'line':
        put('lines', new Line(column, { colour, width: 1.6, shift, direction: this.#directionOf(drawn)?.column, tagged: pane !== this.view.price }));
        break;
      case 'upper':
      case 'lower':
        put('lines', new Line(column, { colour, width: 1, shift }));
        break;
      case 'histogram':
        put('bars', new Histogram(column, shift));
        break;
      case 'pattern':
        put('marks', new MarkColumn(this.view.bars, column, shift, 'sign', colour), this.view.price);
        break;
      case 'mark_above':
      case 'mark_below': {
        const side = plot === 'mark_above' ? 'above' : 'below';
        put('marks', new MarkColumn(this.view.bars, column, shift, side, colour), this.view.price);
        break;
      }
      case 'direction':
      case 'hidden':
        break;
      default:
        console.warn(`${this.spec.id}: ${name} is of an unknown kind and not drawn`);
    }
  }

  #band(edges: readonly Drawn[], pane: Pane): void {
    const [upper, lower] = ['upper', 'lower'].map((plot) => edges.find((edge) => edge.plot === plot));
    if (upper === undefined || lower === undefined) return;
    const fills = (palette: Palette): readonly [string, string] => {
      const own = `${lineColour(upper.colour, palette)}16`;
      return this.#crosses ? [`${palette.up}26`, `${palette.down}26`] : [own, own];
    };
    this.#layers.unshift({ pane, depth: 'area', layer: new Band([upper.column, lower.column], () => upper.shift, fills) });
  }

  #colourAt(drawn: Drawn, row: number): string {
    const palette = colours();
    const value = drawn.column.values[row] ?? NaN;
    if (drawn.plot === 'histogram') return value >= 0 ? palette.up : palette.down;
    const direction = this.#directionOf(drawn)?.column.values[row];
    if (direction === undefined || Number.isNaN(direction)) return lineColour(drawn.colour, palette);
    return direction > 0 ? palette.up : palette.down;
  }
}
