// The two views: the chart, and the benchmark, whose code is loaded when it is first looked at.
import { byId, h } from './dom';

type Page = 'benchmark' | undefined;

export function startViews(changed: () => void): { readonly page: Page; show(page: Page): void } {
  let now: Page;
  const bench = byId('benchmark-view');
  const show = (page: Page): void => {
    now = page;
    byId('chart-view').hidden = page !== undefined;
    bench.hidden = page !== 'benchmark';
    byId('view-chart').setAttribute('aria-pressed', String(page === undefined));
    byId('view-benchmark').setAttribute('aria-pressed', String(page === 'benchmark'));
    if (page === 'benchmark' && bench.childElementCount === 0) {
      bench.append(h('p', { class: 'muted' }, 'Loading …'));
      import('./bench/bench').then(
        ({ startBench }) => startBench(bench),
        () => bench.replaceChildren(h('p', {}, 'The benchmark could not be loaded. Reload the page to try again.')),
      );
    }
  };
  const choose = (page: Page) => (): void => {
    show(page);
    changed();
  };
  byId('view-chart').addEventListener('click', choose(undefined));
  byId('view-benchmark').addEventListener('click', choose('benchmark'));
  return {
    get page() {
      return now;
    },
    show,
  };
}
