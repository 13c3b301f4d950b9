// The visitor's own files, read where they are: nothing is sent anywhere.
import { Frame } from 'atra-wasm';
import { readCandles } from 'atra-wasm/csv';
import { COLUMNS } from './frames';
import { SourceError, same, type Choice, type Market, type Source } from './source';

const DAY = 86_400_000;

/** Frames the page holds itself. */
class Files implements Source {
  readonly name = 'Your files';
  readonly live = false;
  readonly #held: { market: Market; frame: Frame }[] = [];

  markets(): Promise<Market[]> {
    return Promise.resolve(this.#held.map(({ market }) => market));
  }

  candles(choice: Choice, _limit: number, before?: number): Promise<Frame> {
    // The whole file was the first answer.
    if (before !== undefined) return Promise.resolve(Frame.empty());
    const held = this.#held.find(({ market }) => same(market, choice));
    if (held === undefined) return Promise.reject(new SourceError(`${choice.symbol} is no longer open; open the file again.`, 404));
    return Promise.resolve(held.frame.tail(held.frame.length));
  }

  signals(): Promise<[]> {
    return Promise.resolve([]);
  }

  /** Reads a file; it is called by its name, unless that is taken. The error says what is wrong and would be right. */
  async open(file: File, taken: readonly string[]): Promise<Market> {
    const frame = await readFrame(file);
    const { time } = frame;
    const name = file.name.replace(/\.[^.]*$/, '');
    const choice = { symbol: taken.includes(name) ? `${name} (file)` : name, interval: intervalOf(time) };
    const market = { ...choice, candles: frame.length, first: time[0]!, last: time.at(-1)! };
    const before = this.#held.findIndex((held) => same(held.market, choice));
    if (before >= 0) this.#held.splice(before, 1)[0]?.frame.free();
    this.#held.push({ market, frame });
    return market;
  }
}

export const files = new Files();

async function readFrame(file: File): Promise<Frame> {
  const kind = file.name.split('.').at(-1)?.toLowerCase() ?? '';
  if (kind === 'parquet') {
    throw new Error(`Parquet is not read in the browser. Run “atra convert ${file.name} ${file.name.replace(/parquet$/i, 'atra')}” and open that.`);
  }
  if (!['csv', 'tsv', 'txt', 'atra', 'json'].includes(kind)) {
    throw new Error(`${file.name}: files of candles end in .csv, .atra or .json.`);
  }
  const frame = await decoded(file, kind).catch((error: unknown) => Promise.reject(sentence(error)));
  const missing = COLUMNS.filter((name) => !frame.columns.includes(name));
  // Beyond, JavaScript has no dates.
  const far = [frame.time[0], frame.time.at(-1)].find((time) => Math.abs(time ?? 0) > 8.64e15);
  if (missing.length === 0 && frame.length > 0 && far === undefined) return frame;
  frame.free();
  if (far !== undefined) throw new Error(`${file.name}: time ${far} is not a date; times are milliseconds since 1970.`);
  throw new Error(missing.length > 0 ? `${file.name} lacks ${missing.join(', ')}.` : `${file.name} has no candles.`);
}

async function decoded(file: File, kind: string): Promise<Frame> {
  return kind === 'atra' || kind === 'json' ? Frame.decode(await file.arrayBuffer()) : Frame.from(readCandles(await file.text()));
}

/** What the package says is wrong, written as the page writes: “Line 2: low “x” is not a number.” */
function sentence(error: unknown): Error {
  const said = (error instanceof Error ? error.message : String(error)).replaceAll(/`([^`]*)`/g, '“$1”');
  return new Error(`${said.charAt(0).toUpperCase()}${said.slice(1).replace(/\.?$/, '.')}`);
}

/** `4h`: the usual time between bars. */
export function intervalOf(time: Float64Array): string {
  const steps = time.slice(-200).map((value, row, tail) => (row === 0 ? Infinity : value - tail[row - 1]!));
  const usual = steps.slice(1).toSorted()[(steps.length - 1) >> 1] ?? DAY;
  const units: [string, number][] = [['w', 7 * DAY], ['d', DAY], ['h', 3_600_000], ['m', 60_000], ['s', 1000]];
  const [unit, size] = units.find(([, length]) => usual >= length) ?? ['s', 1000];
  return `${Math.max(1, Math.round(usual / size))}${unit}`;
}
