// Indicators on lightweight-charts 5: a series an output, markers for patterns, one point a tick.
import { catalog } from '../catalog.js';
import { History } from './history.js';

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
  let first = 0;
  const all = () => {
    first = Math.max(0, history.length - window);
    for (const one of drawn) one.all(history, first);
  };
  all();
  return {
    series: drawn.filter((one) => one instanceof Line).map((one) => one.series),
    update(bar) {
      const isNew = history.update(bar);
      // The window slides in steps: a quarter of it is let in before its oldest quarter goes.
      if (history.length - first > 1.25 * window) all();
      else for (const one of drawn) one.last(history, isNew);
      return isNew;
    },
    remove() {
      for (const one of drawn) one.remove();
      history.free();
    },
  };
}

const seconds = (milliseconds) => milliseconds / 1000;

function point(history, column, row) {
  const [time, value] = [seconds(history.time[row]), history.columns[column][row]];
  return Number.isFinite(value) ? { time, value } : { time };
}

class Line {
  constructor(chart, series, column) {
    Object.assign(this, { chart, series, column });
  }

  all(history, first) {
    const rows = Array.from({ length: history.length - first }, (_, index) => first + index);
    this.series.setData(rows.map((row) => point(history, this.column, row)));
  }

  last(history) {
    this.series.update(point(history, this.column, history.length - 1));
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

  #mark(history, row) {
    const value = history.columns[this.column][row];
    if (!Number.isFinite(value) || (this.plot === 'pattern' && value === 0)) return undefined;
    const below = this.plot === 'mark_below' || (this.plot === 'pattern' && value > 0);
    return {
      time: seconds(history.time[row]),
      position: below ? 'belowBar' : 'aboveBar',
      shape: below ? 'arrowUp' : 'arrowDown',
      text: this.name,
    };
  }

  all(history, first) {
    this.#list = [];
    for (let row = first; row < history.length; row++) {
      const mark = this.#mark(history, row);
      if (mark !== undefined) this.#list.push(mark);
    }
    this.marks.setMarkers(this.#list);
  }

  last(history) {
    const row = history.length - 1;
    const mark = this.#mark(history, row);
    const had = this.#list.at(-1)?.time === seconds(history.time[row]);
    if (mark === undefined && !had) return;
    if (had) this.#list.pop();
    if (mark !== undefined) this.#list.push(mark);
    this.marks.setMarkers(this.#list);
  }

  remove() {
    this.marks.detach();
  }
}
