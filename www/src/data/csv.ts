// Candles from CSV text: a header that names the columns in any order, or an exchange's twelve columns without one.
import { Frame } from 'atra-wasm';
import { COLUMNS } from './frames';

const TIME = ['time', 'timestamp', 'date', 'datetime', 'open_time', 'unix'];
const KLINE = ['time', ...COLUMNS];
/** A day, and a time of day and a zone if it says: other forms mean another day from country to country. */
const DATE = /^\d{4}-\d\d-\d\d([T ]\d\d?:\d\d(:\d\d([.,]\d+)?)?( ?Z| ?[+-]\d\d(:?\d\d)?)?)?$/i;

/** Fails with line and column when a row cannot be read. */
export function parseCsv(text: string): Frame {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n|\r/);
  let line = 0;
  while (line < lines.length && lines[line]!.trim() === '') line++;
  const first = lines[line];
  if (first === undefined) throw new Error('The file is empty.');
  const separator = [';', '\t', ','].find((candidate) => first.includes(candidate)) ?? ',';
  const cells = (row: string): string[] => row.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
  const begins = cells(first);
  const headed = !Number.isFinite(Number(begins[0]));
  if (!headed && begins.length < KLINE.length) {
    throw new Error('Line 1: no header, and fewer columns than time, open, high, low, close, volume.');
  }
  const names = headed ? begins.map((name) => name.toLowerCase().replaceAll(' ', '_')) : KLINE;
  if (headed) line++;
  const place = (wanted: readonly string[]): number => names.findIndex((name) => wanted.includes(name));
  const timeAt = place(TIME);
  const places = COLUMNS.map((name) => place([name, ...(name === 'volume' ? ['vol', 'tick_volume'] : [])]));
  const missing = [...(timeAt < 0 ? ['time'] : []), ...COLUMNS.filter((name, index) => places[index]! < 0 && name !== 'volume')];
  if (missing.length > 0) throw new Error(`Line 1: the header lacks ${missing.join(', ')}; a candle needs time, open, high, low and close.`);

  const rows: number[][] = [[], ...COLUMNS.map(() => [])];
  const lineOf: number[] = [];
  const unix: number[] = [];
  for (; line < lines.length; line++) {
    const row = lines[line]!;
    if (row.trim() === '') continue;
    const values = cells(row);
    const text = values[timeAt] ?? '';
    const number = text === '' ? NaN : Number(text);
    const time = Number.isFinite(number) ? number : date(text);
    if (time === undefined) throw new Error(`Line ${line + 1}: time “${text}” is neither a date such as 2024-01-31 15:30 nor a Unix time.`);
    if (Number.isFinite(number)) unix.push(lineOf.length);
    rows[0]!.push(time);
    lineOf.push(line + 1);
    for (const [index, name] of COLUMNS.entries()) {
      const text = places[index]! < 0 ? '0' : (values[places[index]!] ?? '');
      const value = Number(text);
      if (text === '' || !Number.isFinite(value)) throw new Error(`Line ${line + 1}: ${name} “${text}” is not a number.`);
      rows[index + 1]!.push(value);
    }
    const wrong = fault(rows.slice(1).map((column) => column.at(-1)!));
    if (wrong !== undefined) throw new Error(`Line ${line + 1}: ${wrong}.`);
  }
  if (rows[0]!.length === 0) throw new Error('The file has a header and no candles.');
  const scaled = milliseconds(unix.map((row) => rows[0]![row]!));
  for (const [index, row] of unix.entries()) rows[0]![row] = scaled[index]!;
  // Some files have the newest first.
  if (rows[0]!.length > 1 && rows[0]![0]! > rows[0]!.at(-1)!) for (const column of [...rows, lineOf]) column.reverse();
  const late = rows[0]!.findIndex((time, row) => row > 0 && time <= rows[0]![row - 1]!);
  if (late > 0) {
    const [same, near] = [rows[0]![late] === rows[0]![late - 1], lineOf[late - 1]];
    throw new Error(`Line ${lineOf[late]}: its time ${same ? `is that of line ${near} too` : `is earlier than that of line ${near}`}.`);
  }
  const columns = COLUMNS.map((name, index) => [name, Float64Array.from(rows[index + 1]!)]);
  return Frame.from({ time: Float64Array.from(rows[0]!), ...Object.fromEntries(columns) });
}

/** What makes it impossible that these are a candle's prices. */
function fault([open, high, low, close, volume]: number[]): string | undefined {
  if (high! < Math.max(open!, low!, close!)) return `high ${high} is below another price of its bar`;
  if (low! > Math.min(open!, close!)) return `low ${low} is above another price of its bar`;
  return volume! < 0 ? `volume ${volume} is negative` : undefined;
}

/** Of Unix seconds, milliseconds, microseconds or nanoseconds: the size of the newest tells which a file has. */
function milliseconds(times: readonly number[]): number[] {
  const size = Math.max(Math.abs(times[0] ?? 0), Math.abs(times.at(-1) ?? 0));
  if (size < 1e11) return times.map((time) => Math.round(time * 1000));
  if (size < 1e14) return times.map(Math.round);
  return times.map((time) => Math.floor(time / (size < 1e17 ? 1e3 : 1e6)));
}

/** A date, UTC unless it says. */
function date(text: string): number | undefined {
  if (!DATE.test(text)) return undefined;
  const iso = text.replace(' ', 'T').replaceAll(' ', '').replace(',', '.').replace(/T(\d):/, 'T0$1:');
  const time = Date.parse(/T/.test(iso) && !/(Z|[+-]\d\d(:?\d\d)?)$/i.test(iso.slice(11)) ? `${iso}Z` : iso);
  return Number.isNaN(time) ? undefined : time;
}
