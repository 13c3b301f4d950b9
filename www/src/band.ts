// The shaded area between the edges of a band.
import type {
  IChartApi,
  IPrimitivePaneRenderer,
  IPrimitivePaneView,
  ISeriesApi,
  ISeriesPrimitive,
  Logical,
  SeriesAttachedParameter,
  Time,
} from 'lightweight-charts';

type Target = Parameters<IPrimitivePaneRenderer['draw']>[0];

export class Band implements ISeriesPrimitive<Time> {
  #chart: IChartApi | undefined;
  #series: ISeriesApi<'Line'> | undefined;
  readonly #views: IPrimitivePaneView[];

  /** The columns are read on every draw; row 0 stands at logical index `shift`. */
  constructor(
    private readonly upper: () => ArrayLike<number>,
    private readonly lower: () => ArrayLike<number>,
    private readonly shift: () => number,
    private readonly fill: () => string,
  ) {
    const renderer: IPrimitivePaneRenderer = { draw: () => {}, drawBackground: (target) => this.#draw(target) };
    this.#views = [{ zOrder: () => 'bottom', renderer: () => renderer }];
  }

  attached({ chart, series }: SeriesAttachedParameter<Time>): void {
    this.#chart = chart as IChartApi;
    this.#series = series as ISeriesApi<'Line'>;
  }

  detached(): void {
    this.#chart = this.#series = undefined;
  }

  paneViews(): readonly IPrimitivePaneView[] {
    return this.#views;
  }

  #draw(target: Target): void {
    const [chart, series] = [this.#chart, this.#series];
    const range = chart?.timeScale().getVisibleLogicalRange();
    if (!chart || !series || !range) return;
    const [upper, lower] = [this.upper(), this.lower()];
    const shift = this.shift();
    const from = Math.max(0, Math.floor(range.from) - 1 - shift);
    const to = Math.min(upper.length - 1, Math.ceil(range.to) + 1 - shift);
    target.useMediaCoordinateSpace(({ context }) => {
      const edge = (column: ArrayLike<number>, row: number): void => {
        const x = chart.timeScale().logicalToCoordinate((row + shift) as Logical);
        const y = series.priceToCoordinate(column[row]!);
        if (x !== null && y !== null) context.lineTo(x, y);
      };
      context.beginPath();
      for (let row = from; row <= to; row++) if (!Number.isNaN(upper[row])) edge(upper, row);
      for (let row = to; row >= from; row--) if (!Number.isNaN(lower[row])) edge(lower, row);
      context.closePath();
      context.fillStyle = this.fill();
      context.fill();
    });
  }
}
