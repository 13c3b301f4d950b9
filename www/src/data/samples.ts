// Candles and signals that lie beside the page, where it is served as plain files.
import { Frame } from 'atra-wasm';
import { SourceError, same, type Choice, type Market, type Signal, type Source } from './source';

/** A sample series and the names of its files. */
interface Sample extends Market {
  frame: string;
  signals: string;
}

let list: Promise<Sample[]> | undefined;

export const samples: Source = {
  name: 'Samples',
  live: false,
  markets() {
    list ??= get('index.json').then((response) => response.json() as Promise<Sample[]>);
    list.catch(() => (list = undefined));
    return list;
  },
  async candles(choice, _limit, before) {
    // All of it was the first answer.
    if (before !== undefined) return Frame.empty();
    return Frame.decode(await (await get((await find(choice)).frame)).arrayBuffer());
  },
  async signals(choice) {
    return (await get((await find(choice)).signals)).json() as Promise<Signal[]>;
  },
};

async function find(choice: Choice): Promise<Sample> {
  const all = await (list ?? (samples.markets() as Promise<Sample[]>));
  const sample = all.find((candidate) => same(candidate, choice));
  if (sample !== undefined) return sample;
  throw new SourceError(`There is no sample ${choice.symbol} ${choice.interval}; there are ${all.map(({ symbol }) => symbol).join(', ')}.`, 404);
}

async function get(name: string): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(`data/${name}`);
  } catch {
    throw new SourceError('The samples cannot be loaded: no connection.', 0);
  }
  if (!response.ok) throw new SourceError(`The sample ${name} cannot be loaded (${response.status}).`, response.status);
  return response;
}
