// Indicators on lightweight-charts 5: a series an output, markers for patterns, one point a tick.
import { catalog } from '../catalog.js';
import { History, interval } from './history.js';

/** More bars than this at once make every tick slow. */
const WINDOW = 20_000;

/** Draws indicators and keeps them up to date; see lightweight-charts.d.ts. */
export function follow(chart, library, frame, list, { window = WINDOW } = {}) {
  const history = new History(frame, list);
  const drawn = [];
  let pane = chart.panes().length;
  list.forEach((item, index) => {
    const { id, offset } = history.items[index];
    const spec = catalog().find((candidate) => candidate.id === id);
    const place = item.pane ?? (spec.overlay ? 0 : pane++);
    spec.outputs.forEach(({ name, plot }, output) => {
      const column = offset + output;
      if (plot === 'direction' || plot === 'hidden') return;
      if (plot === 'pattern' || plot.startsWith('mark')) {
        if (item.on !== undefined) drawn.push(new Marks(library.createSeriesMarkers(item.on, []), column, name, plot));
        return;
      }
      const kind = plot === 'histogram' ? library.HistogramSeries : library.LineSeries;
      const options = { title: name, lastValueVisible: false, priceLineVisible: false, ...item.options };
      drawn.push(new Line(chart, chart.addSeries(kind, options, place), column));
    });
  });
  const ahead = history.displacements.some((bars) => bars > 0);
  let first = 0;
  let step;
  const all = () => {
    first = Math.max(0, history.length - window);
    step = interval(history.time, history.length);
    for (const one of drawn) one.all(history, first, step);
  };
  all();
  return {
    series: drawn.filter((one) => one instanceof Line).map((one) => one.series),
    update(bar) {
      const isNew = history.update(bar);
      const { time, length } = history;
      // What is drawn ahead stands at other times when a bar comes at another than was expected.
      const surprising = isNew && ahead && time[length - 1] - time[length - 2] !== step;
      // The window slides in steps: a quarter of it is let in before its oldest quarter goes.
      if (surprising || length - first > 1.25 * window) all();
      else for (const one of drawn) one.last(history, step);
      return isNew;
    },
    remove() {
      for (const one of drawn) one.remove();
      history.free();
    },
  };
}

/** When, in seconds, a row is; those after the last bar follow it by the usual step. */
function seconds({ time, length }, row, step) {
  const ahead = Math.max(0, row - length + 1);
  return (time[row - ahead] + ahead * step) / 1000;
}

/** The point of a bar, in the row where it is drawn. */
function point(history, column, row, step) {
  const [time, value] = [seconds(history, row + history.displacements[column], step), history.columns[column][row]];
  return Number.isFinite(value) ? { time, value } : { time };
}

/** The bars that are drawn from this row on. */
function barsFrom(history, column, first) {
  const start = Math.max(0, first - history.displacements[column]);
  return Array.from({ length: Math.max(0, history.length - start) }, (_, index) => start + index);
}

class Line {
  constructor(chart, series, column) {
    Object.assign(this, { chart, series, column });
  }

  all(history, first, step) {
    this.series.setData(barsFrom(history, this.column, first).map((row) => point(history, this.column, row, step)));
  }

  last(history, step) {
    const row = history.length - 1;
    if (row + history.displacements[this.column] >= 0) this.series.update(point(history, this.column, row, step));
  }

  remove() {
    this.chart.removeSeries(this.series);
  }
}

class Marks {
  #list = [];

  constructor(marks, column, name, plot) {
    Object.assign(this, { marks, column, name, plot });
  }

  #mark(history, row, step) {
    const value = history.columns[this.column][row];
    if (!Number.isFinite(value) || value === 0) return undefined;
    const below = this.plot === 'mark_below' || (this.plot === 'pattern' && value > 0);
    return {
      time: this.#time(history, row, step),
      position: below ? 'belowBar' : 'aboveBar',
      shape: below ? 'arrowUp' : 'arrowDown',
      text: this.name,
    };
  }

  #time(history, row, step) {
    return seconds(history, row + history.displacements[this.column], step);
  }

  all(history, first, step) {
    const marks = barsFrom(history, this.column, first).map((row) => this.#mark(history, row, step));
    this.#list = marks.filter((mark) => mark !== undefined);
    this.marks.setMarkers(this.#list);
  }

  last(history, step) {
    const row = history.length - 1;
    if (row + history.displacements[this.column] < 0) return;
    const mark = this.#mark(history, row, step);
    const had = this.#list.at(-1)?.time === this.#time(history, row, step);
    if (mark === undefined && !had) return;
    if (had) this.#list.pop();
    if (mark !== undefined) this.#list.push(mark);
    this.marks.setMarkers(this.#list);
  }

  remove() {
    this.marks.detach();
  }
}
