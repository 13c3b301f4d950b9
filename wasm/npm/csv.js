// Candles from CSV text: a header that names the columns in any order, or rows alone. Needs no module.
import { failure } from './failure.js';

const PRICES = ['open', 'high', 'low', 'close'];
const COLUMNS = [...PRICES, 'volume'];
const CANDLE = ['time', ...COLUMNS];
const TIME = ['time', 'timestamp', 'date', 'datetime', 'open_time', 'unix'];
/** What a header may call the volume, the best first: ticks are counted where nothing better is known. */
const VOLUME = ['volume', 'vol', 'tick_volume', 'tickvol'];
/** Year first: other orders mean another day from country to country. */
const DAY = /(\d{4})([-/.]?)(\d\d)\2(\d\d)/;
const CLOCK = /(\d?\d(?=:)|\d\d)(:?)(\d\d)(?:\6(\d\d)(?:[.,](\d+))?)?/;
const ZONE = / ?(?:Z|([+-])(\d\d)(?::?(\d\d))?)/;
const DATE = new RegExp(`^${DAY.source}(?:[T ]${CLOCK.source}(?:${ZONE.source})?)?$`, 'i');

/** Fails with line and column when a row cannot be read; see csv.d.ts. */
export function readCandles(text) {
  if (typeof text !== 'string') {
    throw failure('parameter', 'readCandles: text must be a string; bytes become one by `new TextDecoder().decode(bytes)`');
  }
  const lines = text.split(/\r?\n|\r/);
  const first = lines.findIndex(isFilled);
  if (first === -1) throw failure('data', 'the file is empty; it needs rows of candles');
  const layout = layoutOf(lines[first], first + 1);
  const candles = rows(lines, layout.isHeaded ? first + 1 : first, layout);
  if (candles.kind === NUMBERS) inMilliseconds(candles.columns.time);
  return inOrder(candles);
}

function isFilled(line) {
  return line.trim() !== '';
}

function wrong(line, what) {
  return failure('data', `line ${line}: ${what}`);
}

/** Where a row has what, by the file's first line. */
function layoutOf(first, line) {
  const separator = [';', '\t', ','].find((one) => first.includes(one)) ?? ',';
  const begins = cells(first, separator);
  const isHeaded = number(begins[0]) === undefined && date(begins[0]) === undefined;
  if (!isHeaded && begins.length < CANDLE.length) {
    throw wrong(line, `no header, and fewer columns than ${CANDLE.join(', ')}`);
  }
  const names = isHeaded ? begins.map(bare) : CANDLE;
  const time = timePlaces(names);
  const missing = [...(time.includes(-1) ? ['time'] : []), ...PRICES.filter((name) => !names.includes(name))];
  if (missing.length > PRICES.length) throw wrong(line, `neither a header nor a row that begins with a time: \`${begins[0]}\``);
  if (missing.length > 0) throw wrong(line, `the header lacks ${missing.join(', ')}; a candle needs time, open, high, low and close`);
  return { separator, isHeaded, time, places: [...PRICES.map((name) => names.indexOf(name)), volumePlace(names)] };
}

/** `<OPEN>` is `open`, `Open time` is `open_time`. */
function bare(name) {
  return name.toLowerCase().replace(/^<(.*)>$/, '$1').replaceAll(' ', '_');
}

/** The column of the time, or the two of a day and, behind it, a time of day: one that comes first may be a time by itself. */
function timePlaces(names) {
  const [date, time] = [names.indexOf('date'), names.indexOf('time')];
  return date !== -1 && date < time ? [date, time] : [names.findIndex((name) => TIME.includes(name))];
}

function volumePlace(names) {
  return VOLUME.map((name) => names.indexOf(name)).find((place) => place !== -1) ?? -1;
}

/** A line's cells, trimmed: of a byte order mark too. A separator within quotes does not separate. */
function cells(line, separator) {
  if (!line.includes('"')) return line.split(separator).map((cell) => cell.trim());
  const cells = [''];
  let isQuoted = false;
  for (const char of line) {
    if (char === '"') isQuoted = !isQuoted;
    else if (char === separator && !isQuoted) cells.push('');
    else cells[cells.length - 1] += char;
  }
  return cells.map((cell) => cell.trim());
}

/** The columns as the file has them, the line of each row, and the kind of its times. */
function rows(lines, from, { separator, time, places }) {
  const where = [];
  for (let line = from; line < lines.length; line++) if (isFilled(lines[line])) where.push(line + 1);
  if (where.length === 0) throw failure('data', 'there is a header but no row of candles under it');
  const columns = Object.fromEntries(CANDLE.map((name) => [name, new Float64Array(where.length)]));
  let kind;
  for (const [row, line] of where.entries()) {
    const values = cells(lines[line - 1], separator);
    const text = time.map((place) => values[place] ?? '').join(' ');
    kind ??= kindOf(text, line);
    columns.time[row] = timeOf(text, kind, line);
    for (const [index, name] of COLUMNS.entries()) columns[name][row] = value(values, places[index], name, line);
    check(columns.open[row], columns.high[row], columns.low[row], columns.close[row], columns.volume[row], line);
  }
  return { columns, where, kind };
}

// How a file writes its times.
const NUMBERS = { read: unix, name: 'a Unix time' };
const DATES = { read: (text) => (number(text) === undefined ? date(text) : undefined), name: 'a date such as 2024-01-31 15:30' };
/** Days as eight digits, which are numbers too. */
const COMPACT = { ...DATES, read: date };

/** The first time tells. */
function kindOf(text, line) {
  if (date(text) !== undefined) return number(text) === undefined ? DATES : COMPACT;
  if (unix(text) !== undefined) return NUMBERS;
  throw wrong(line, `time \`${text}\` is neither ${DATES.name} nor ${NUMBERS.name}`);
}

function timeOf(text, kind, line) {
  const time = kind.read(text);
  if (time === undefined) throw wrong(line, `time \`${text}\` is not ${kind.name}, as the first time is`);
  return time;
}

/** A column of a row; one that the file has not is 0. */
function value(values, place, name, line) {
  const text = place === -1 ? '0' : (values[place] ?? '');
  const found = number(text);
  if (found === undefined) throw wrong(line, `${name} \`${text}\` is not a number`);
  return found;
}

/** Refuses what cannot be a candle's prices. */
function check(open, high, low, close, volume, line) {
  if (high < Math.max(open, low, close)) throw wrong(line, `high ${high} is below another price of its bar`);
  if (low > Math.min(open, close)) throw wrong(line, `low ${low} is above another price of its bar`);
  if (volume < 0) throw wrong(line, `volume ${volume} is negative`);
}

function number(text) {
  const number = text === '' ? NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** A number as large as nanoseconds since 1970 may be. */
function unix(text) {
  const time = number(text);
  return Math.abs(time) < 9e18 ? time : undefined;
}

/** A date in milliseconds, UTC unless it says; none if there is no such day or hour. */
function date(text) {
  const parts = DATE.exec(text);
  if (parts === null) return undefined;
  const [, year, , month, day, hour = 0, , minute = 0, second = 0, fraction = '', sign = '+', ahead = 0, aheadMinutes = 0] = parts;
  // Digits are compared, and multiplied, as the numbers they are.
  const isTime = hour < 24 && minute < 60 && second < 60 && ahead < 24 && aheadMinutes < 60;
  const midnight = new Date(0).setUTCFullYear(year, month - 1, day);
  // The 30th of February has become the 1st of March.
  if (!isTime || new Date(midnight).getUTCMonth() + 1 !== Number(month)) return undefined;
  const zone = Number(`${sign}1`) * (ahead * 60 + Number(aheadMinutes));
  return midnight + ((hour * 60 + Number(minute) - zone) * 60 + Number(second)) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
}

/** From Unix seconds, milliseconds, microseconds or nanoseconds: the newest tells which a file has, unless all are before 1970. */
function inMilliseconds(time) {
  const [newest, oldest] = [Math.max(time[0], time.at(-1)), Math.min(time[0], time.at(-1))];
  const size = newest < 0 ? -oldest : newest;
  const [times, by] = size < 1e11 ? [1000, 1] : size < 1e14 ? [1, 1] : size < 1e17 ? [1, 1e3] : [1, 1e6];
  // Rounded down; but the number next to one that was written may lie just below it.
  for (const [row, value] of time.entries()) time[row] = Math.floor(((value + Math.abs(value) * 2 ** -52) * times) / by);
}

/** The columns with the oldest row first: some files begin with the newest. */
function inOrder({ columns, where }) {
  const { time } = columns;
  if (time[0] > time.at(-1)) for (const column of [...Object.values(columns), where]) column.reverse();
  const late = time.findIndex((value, row) => row > 0 && value <= time[row - 1]);
  if (late === -1) return columns;
  const [line, near] = [where[late], where[late - 1]];
  throw wrong(line, time[late] === time[late - 1] ? `its time is that of line ${near} too` : `its time is earlier than that of line ${near}`);
}
