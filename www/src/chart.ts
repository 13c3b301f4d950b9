// The chart: candles and volume, panes, markers, and where the crosshair stands.
import {
  CandlestickSeries,
  ColorType,
  CrosshairMode,
  HistogramSeries,
  createChart,
  createSeriesMarkers,
  type IChartApi,
  type ISeriesApi,
  type ISeriesMarkersPluginApi,
  type PriceFormatCustom,
  type SeriesMarker,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts';
import type { Bar, Frame } from 'atra-wasm';
import { compact, decimalsOf, fixed } from './format';
import { colour, onTheme } from './theme';

/** How many bars are seen at first, and the free space after the last. */
const FIRST_VIEW = 150;
const MARGIN = 6;

export interface Crosshair {
  row: number;
  x: number;
  y: number;
}

export function seconds(time: number): UTCTimestamp {
  return (time / 1000) as UTCTimestamp;
}

/** Prices on the scale as everywhere else on the page. */
export function priceFormat(decimals: number): PriceFormatCustom {
  return { type: 'custom', formatter: (price: number) => fixed(price, decimals), minMove: 10 ** -decimals };
}

export class ChartView {
  readonly chart: IChartApi;
  readonly candles: ISeriesApi<'Candlestick'>;
  readonly #volume: ISeriesApi<'Histogram'>;
  readonly #markers: ISeriesMarkersPluginApi<Time>;
  readonly #sources = new Map<string, SeriesMarker<Time>[]>();
  /** Where a key has sent the chart, until it is there: keys come faster than frames. */
  #going: { from: number; to: number } | undefined;
  /** Opening times in ms, one a row; shared by every plot. */
  times: number[] = [];
  decimals = 2;

  constructor(private readonly container: HTMLElement) {
    this.chart = createChart(container, {
      autoSize: true,
      // The page itself names the library and links to its home.
      layout: { attributionLogo: false, fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 11 },
      crosshair: { mode: CrosshairMode.Normal },
      rightPriceScale: { borderVisible: false, minimumWidth: 72 },
      timeScale: { borderVisible: false, timeVisible: true, secondsVisible: false, rightOffset: MARGIN, minBarSpacing: 0.2 },
    });
    this.candles = this.chart.addSeries(CandlestickSeries, { borderVisible: false });
    this.candles.priceScale().applyOptions({ scaleMargins: { top: 0.14, bottom: 0.2 } });
    this.#volume = this.chart.addSeries(HistogramSeries, {
      priceScaleId: 'volume',
      priceFormat: { type: 'custom', formatter: compact, minMove: 1e-8 },
      lastValueVisible: false,
      priceLineVisible: false,
    });
    this.#volume.priceScale().applyOptions({ scaleMargins: { top: 0.84, bottom: 0 } });
    this.#markers = createSeriesMarkers(this.candles, []);
    this.chart.timeScale().subscribeVisibleLogicalRangeChange(() => {
      this.#going = undefined;
    });
    this.#recolour();
    onTheme(() => this.#recolour());
  }

  /** When a row's bar opened; of rows after the last, when it would if they came as the last did. */
  timeAt(row: number): number | undefined {
    const last = this.times.length - 1;
    if (row <= last) return this.times[row];
    const step = last > 0 ? this.times[last]! - this.times[last - 1]! : 1;
    return this.times[last]! + (row - last) * step;
  }

  /** Draws another frame; `keep` stays where the eye was, counted from the end. */
  reset(frame: Frame, keep: boolean): void {
    const range = this.chart.timeScale().getVisibleLogicalRange();
    const before = this.times.length;
    this.times = Array.from(frame.time);
    this.decimals = decimalsOf(frame.column('close'));
    this.candles.applyOptions({ priceFormat: priceFormat(this.decimals) });
    const [open, high, low, close, volume] = ['open', 'high', 'low', 'close', 'volume'].map((name) => frame.column(name));
    const rows = this.times.map((time, row) => ({
      time,
      open: open![row]!,
      high: high![row]!,
      low: low![row]!,
      close: close![row]!,
      volume: volume![row]!,
    }));
    this.candles.setData(rows.map((bar) => ({ ...bar, time: seconds(bar.time) })));
    this.#volume.setData(rows.map((bar) => this.#volumeBar(bar)));
    if (keep && range !== null) {
      const shift = this.times.length - before;
      this.chart.timeScale().setVisibleLogicalRange({ from: range.from + shift, to: range.to + shift });
    } else {
      this.toLatest();
    }
  }

  tick(bar: Bar, appended: boolean): void {
    if (appended) this.times.push(bar.time);
    const { open, high, low, close } = bar;
    this.candles.update({ time: seconds(bar.time), open, high, low, close });
    this.#volume.update(this.#volumeBar(bar));
  }

  /** As at first: the latest bars at a comfortable width. */
  toLatest(): void {
    const bars = Math.min(FIRST_VIEW, Math.max(40, Math.round(this.container.clientWidth / 7)));
    const end = this.times.length;
    this.chart.priceScale('right').applyOptions({ autoScale: true });
    this.chart.timeScale().setVisibleLogicalRange({ from: end - bars, to: end + MARGIN });
  }

  /** Brings a row into the middle unless it is in sight. */
  show(row: number): void {
    const range = this.chart.timeScale().getVisibleLogicalRange();
    if (range === null || (row > range.from && row < range.to)) return;
    const half = (range.to - range.from) / 2;
    this.chart.timeScale().setVisibleLogicalRange({ from: row - half, to: row + half });
  }

  /** Moves by bars, or zooms by a factor around the right edge. */
  move(bars: number, zoom = 1): void {
    const range = this.#going ?? this.chart.timeScale().getVisibleLogicalRange();
    if (range === null) return;
    const to = range.to + bars;
    this.#going = { from: to - (range.to - range.from) * zoom, to };
    this.chart.timeScale().setVisibleLogicalRange(this.#going);
  }

  /** Whether the last bar is in sight. */
  get atLatest(): boolean {
    const range = this.chart.timeScale().getVisibleLogicalRange();
    return range === null || range.to >= this.times.length - 1;
  }

  /** The last row that opened at or before a time; -1 before the first. */
  rowAt(time: number): number {
    let [from, to] = [0, this.times.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.times[middle]! <= time) from = middle + 1;
      else to = middle;
    }
    return from - 1;
  }

  /** Puts the marks of one source on the candles, instead of those it put before. */
  mark(source: string, markers: SeriesMarker<Time>[] | undefined): void {
    if (markers === undefined) this.#sources.delete(source);
    else this.#sources.set(source, markers);
    const all = [...this.#sources.values()].flat();
    this.#markers.setMarkers(all.sort((a, b) => (a.time as number) - (b.time as number)));
  }

  get marks(): number {
    return this.#markers.markers().length;
  }

  get panes(): number {
    return this.chart.panes().length;
  }

  onCrosshair(listener: (crosshair: Crosshair | undefined) => void): void {
    this.chart.subscribeCrosshairMove(({ logical, point }) => {
      const row = logical ?? -1;
      const inside = point !== undefined && row >= 0 && row < this.times.length;
      listener(inside ? { row, x: point.x, y: point.y } : undefined);
    });
  }

  #volumeBar({ time, open, close, volume }: Bar): { time: UTCTimestamp; value: number; color: string } {
    return { time: seconds(time), value: volume, color: colour(close >= open ? 'up-soft' : 'down-soft') };
  }

  #recolour(): void {
    const [up, down, line, grid] = [colour('up'), colour('down'), colour('line'), colour('grid')];
    this.chart.applyOptions({
      layout: {
        background: { type: ColorType.Solid, color: colour('surface') },
        textColor: colour('muted'),
        panes: { separatorColor: line, separatorHoverColor: colour('accent-soft') },
      },
      grid: { vertLines: { color: grid }, horzLines: { color: grid } },
      crosshair: {
        vertLine: { color: colour('faint'), labelBackgroundColor: colour('label') },
        horzLine: { color: colour('faint'), labelBackgroundColor: colour('label') },
      },
    });
    this.candles.applyOptions({ upColor: up, downColor: down, wickUpColor: up, wickDownColor: down });
    const volume = this.#volume.data();
    this.#volume.setData(
      volume.map((bar, row) => {
        const candle = this.candles.data()[row];
        const rising = candle === undefined || !('close' in candle) || candle.close >= candle.open;
        return { ...bar, color: colour(rising ? 'up-soft' : 'down-soft') };
      }),
    );
  }
}
