// Draws one indicator's outputs, each by its kind: nothing here knows which indicator it is.
import {
  HistogramSeries,
  LineSeries,
  LineStyle,
  type ISeriesApi,
  type SeriesMarker,
  type Time,
  type WhitespaceData,
  type LineData,
  type HistogramData,
} from 'lightweight-charts';
import type { IndicatorSpec, Plot } from 'atra-wasm';
import { Band } from './band';
import { priceFormat, seconds, type ChartView } from './chart';
import { decimalsFor } from './format';
import { colour, lineColour } from './theme';

type Series = ISeriesApi<'Line'> | ISeriesApi<'Histogram'>;
type Point = WhitespaceData<Time> | LineData<Time> | HistogramData<Time>;

interface Drawn {
  name: string;
  plot: Plot;
  values: number[];
  /** How many bars later than its bar a value is drawn. */
  shift: number;
  /** Which of the page's line colours. */
  colour: number;
  series: Series | undefined;
}

/** An output's value at a row, for the legend. */
export interface Reading {
  name: string;
  value: number;
  colour: string;
}

export class Plots {
  readonly #drawn: Drawn[];
  readonly #direction: Drawn | undefined;

  constructor(
    private readonly view: ChartView,
    private readonly key: string,
    private readonly spec: IndicatorSpec,
    firstColour: number,
  ) {
    let line = firstColour;
    // The edges of a band share the first colour; every further line has its own.
    const drawable = spec.outputs.some(({ plot }) => plot !== 'direction');
    this.#drawn = spec.outputs.map(({ name, plot: wanted }) => ({
      name,
      // A direction with nothing beside it to colour is itself a line.
      plot: drawable ? wanted : 'line',
      values: [],
      shift: 0,
      colour: wanted === 'line' ? line++ : firstColour,
      series: undefined,
    }));
    this.#direction = this.#drawn.find(({ plot }) => plot === 'direction');
    const pane = spec.overlay ? 0 : view.panes;
    for (const drawn of this.#drawn) drawn.series = this.#series(drawn, pane);
    const [upper, lower] = ['upper', 'lower'].map((plot) => this.#drawn.find((drawn) => drawn.plot === plot));
    if (upper?.series && lower) {
      const band = new Band(
        () => upper.values,
        () => lower.values,
        () => upper.shift,
        () => `${this.#colourOf(upper)}14`,
      );
      upper.series.attachPrimitive(band);
    }
    this.ownPane?.setStretchFactor(0.3);
    this.recolour();
  }

  /** The colours used, so that the next indicator takes others. */
  get colours(): number {
    return Math.max(1, this.#drawn.filter(({ plot }) => plot === 'line').length);
  }

  /** The pane it has for itself; overlays and patterns have none. */
  get ownPane(): ReturnType<Series['getPane']> | undefined {
    if (this.spec.overlay) return undefined;
    return this.#drawn.find(({ series }) => series !== undefined)?.series?.getPane();
  }

  set(columns: readonly Float64Array[], displacements: readonly number[]): void {
    this.#drawn.forEach((drawn, index) => {
      drawn.values = Array.from(columns[index] ?? []);
      drawn.shift = displacements[index] ?? 0;
    });
    this.#draw();
  }

  tick(values: Float64Array, appended: boolean): void {
    this.#drawn.forEach((drawn, index) => {
      const row = appended ? drawn.values.length : drawn.values.length - 1;
      drawn.values[row] = values[index] ?? NaN;
    });
    for (const drawn of this.#drawn) {
      const row = drawn.values.length - 1;
      // A new bar may not have opened when it was thought to, and values stand on the bars expected after it.
      if (drawn.shift > 0 && appended) {
        this.#drawSeries(drawn);
        continue;
      }
      if (row + drawn.shift < 0) continue;
      drawn.series?.update(this.#point(drawn, row) as never);
      // A turn changes how the stroke from the bar before is drawn.
      if (this.#direction !== undefined && row > 0) drawn.series?.update(this.#point(drawn, row - 1) as never, true);
      if (drawn.plot === 'pattern' && (appended || drawn.values[row] !== 0)) this.#mark(drawn);
    }
  }

  recolour(): void {
    for (const drawn of this.#drawn) drawn.series?.applyOptions({ color: this.#colourOf(drawn) });
    this.#draw();
  }

  remove(): void {
    for (const { series } of this.#drawn) if (series !== undefined) this.view.chart.removeSeries(series);
    this.view.mark(this.key, undefined);
  }

  /** The values of a row; patterns and directions are not numbers to read. */
  read(row: number): Reading[] {
    return this.#drawn
      .filter(({ plot }) => plot !== 'pattern' && plot !== 'direction')
      .map((drawn) => ({
        name: drawn.name,
        value: drawn.values[row - drawn.shift] ?? NaN,
        colour: this.#colourAt(drawn, row - drawn.shift),
      }));
  }

  /** The last values of the first output. */
  last(count: number): number[] {
    return this.#drawn[0]?.values.slice(-count) ?? [];
  }

  #series(drawn: Drawn, pane: number): Series | undefined {
    const common = { priceLineVisible: false, lastValueVisible: !this.spec.overlay };
    switch (drawn.plot) {
      case 'line':
        return this.view.chart.addSeries(
          LineSeries,
          { ...common, lineWidth: 2, crosshairMarkerRadius: 3 },
          pane,
        );
      case 'upper':
      case 'lower':
        return this.view.chart.addSeries(
          LineSeries,
          { ...common, lineWidth: 1, lineStyle: LineStyle.Solid, crosshairMarkerVisible: false },
          pane,
        );
      case 'histogram':
        return this.view.chart.addSeries(HistogramSeries, { ...common, lastValueVisible: false }, pane);
      default:
        return undefined;
    }
  }

  #draw(): void {
    this.#fitDecimals();
    for (const drawn of this.#drawn) {
      this.#drawSeries(drawn);
      if (drawn.plot === 'pattern') this.#mark(drawn);
    }
  }

  #drawSeries(drawn: Drawn): void {
    const first = Math.max(0, -drawn.shift);
    drawn.series?.setData(drawn.values.slice(first).map((_, row) => this.#point(drawn, first + row)) as never);
  }

  /** Overlays are quoted as the price is; in a pane, small numbers get more decimals and large ones fewer. */
  #fitDecimals(): void {
    for (const { series, values } of this.#drawn) {
      const size = Math.max(...values.slice(-300).map((value) => (Number.isFinite(value) ? Math.abs(value) : 0)));
      series?.applyOptions({ priceFormat: priceFormat(this.spec.overlay ? this.view.decimals : decimalsFor(size)) });
    }
  }

  #point(drawn: Drawn, row: number): Point {
    const time = seconds(this.view.timeAt(row + drawn.shift)!);
    const value = drawn.values[row]!;
    // NaN, and what the chart cannot place.
    if (!(Math.abs(value) < 9e15)) return { time };
    const coloured = drawn.plot === 'histogram' || (drawn.plot === 'line' && this.#direction !== undefined);
    return coloured ? { time, value, color: this.#segment(drawn, row) } : { time, value };
  }

  /** Where the direction turns, the line jumps to the other side: the stroke to there is left out. */
  #segment(drawn: Drawn, row: number): string {
    const direction = this.#direction?.values;
    const turns = direction !== undefined && row + 1 < direction.length && direction[row] !== direction[row + 1];
    return turns && drawn.plot === 'line' ? 'transparent' : this.#colourAt(drawn, row);
  }

  #mark({ values, name, shift }: Drawn): void {
    const markers: SeriesMarker<Time>[] = [];
    values.forEach((value, row) => {
      if (!(value > 0 || value < 0) || row + shift < 0) return;
      const bullish = value > 0;
      markers.push({
        time: seconds(this.view.timeAt(row + shift)!),
        position: bullish ? 'belowBar' : 'aboveBar',
        shape: 'circle',
        size: 0.6,
        color: colour(bullish ? 'up' : 'down'),
        id: `${name}-${row}`,
      });
    });
    this.view.mark(this.key, markers);
  }

  #colourAt(drawn: Drawn, row: number): string {
    if (drawn.plot === 'histogram') return colour((drawn.values[row] ?? 0) >= 0 ? 'up' : 'down');
    const direction = this.#direction?.values[row];
    return direction === undefined || Number.isNaN(direction) ? this.#colourOf(drawn) : colour(direction > 0 ? 'up' : 'down');
  }

  #colourOf(drawn: Drawn): string {
    return lineColour(drawn.colour);
  }
}
