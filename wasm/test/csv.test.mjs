// Candles from CSV text: the files that the native reader reads too, and what is told of those that cannot be read.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { build } from 'esbuild';
import { atra, bits } from './data.mjs';

const { readCandles } = await import('../pkg/csv.js');
const fixtures = new URL('../../tests/fixtures/csv/', import.meta.url);
const fixture = (name) => readFileSync(new URL(name, fixtures), 'utf8');
const expected = JSON.parse(fixture('expected.json'));

const NAMES = ['time', 'open', 'high', 'low', 'close', 'volume'];
const rowsOf = (candles) => Array.from(candles.time, (_, row) => NAMES.map((name) => candles[name][row]));
const HEAD = 'time,open,high,low,close\n';
/** The times of a file whose rows say no more. */
const times = (...cells) => Array.from(readCandles(`${HEAD}${cells.map((cell) => `"${cell}",1,1,1,1\n`).join('')}`).time);
const refuses = (text, message, code = 'data') => assert.throws(() => readCandles(text), { name: 'AtraError', code, message }, String(text));

for (const [name, rows] of Object.entries(expected.read)) {
  test(`${name} is read`, () => {
    const candles = readCandles(fixture(name));
    assert.deepEqual(Object.keys(candles), NAMES);
    for (const column of Object.values(candles)) assert.ok(column instanceof Float64Array);
    assert.deepEqual(rowsOf(candles), rows);
  });
}

for (const [name, parts] of Object.entries(expected.refused)) {
  test(`${name} is refused`, () => {
    refuses(fixture(name), new RegExp(parts.map((part) => `(?=.*${part.replaceAll('.', '\\.')})`).join(''), 'i'));
  });
}

test('a frame has what the text says', () => {
  const candles = readCandles(readFileSync(new URL('../../tests/data/aapl_1d.csv', import.meta.url), 'utf8'));
  const frame = atra.Frame.from(candles);
  assert.equal(frame.length, 3270);
  for (const name of NAMES) assert.deepEqual(bits(frame.column(name)), bits(candles[name]));
});

test('it has nothing of the module', async () => {
  const entryPoints = [fileURLToPath(new URL('../pkg/csv.js', import.meta.url))];
  const { metafile } = await build({ entryPoints, bundle: true, format: 'esm', write: false, metafile: true });
  assert.deepEqual(Object.keys(metafile.inputs).map((path) => path.split('/').at(-1)).sort(), ['csv.js', 'failure.js']);
});

test('separators, quotes, line ends and marks are those of the file', () => {
  const row = [1_706_659_200_000, 1, 3, 1, 2, 5];
  const texts = [
    '\uFEFFtime,open,high,low,close,volume\n2024-01-31,1,3,1,2,5',
    '\n  \r\ntime;open;high;low;close;volume\r\n\r\n2024-01-31;1;3;1;2;5\r\n\r\n',
    ' time , open, high, low, close, volume\n 2024-01-31 , 1 , 3, 1, 2, 5\n',
    '\uFEFF"time",open,high,low,close,volume\n2024-01-31,1,3,1,2,5',
    '\uFEFF2024-01-31,1,3,1,2,5',
    'time\topen\thigh\tlow\tclose\tvolume\r2024-01-31\t1\t3\t1\t2\t5\r',
    '"time" , "open", "high", "low", "close", "volume"\n"2024-01-31", "1", "3", " 1 ", "2", "5"\n',
    // Semicolons before tabs before commas.
    'time;open;high;low;close;volume;a,b;c\td\n2024-01-31;1;3;1;2;5;6,7;8\t9\n',
    'time\topen\thigh\tlow\tclose\tvolume\ta,b\n2024-01-31\t1\t3\t1\t2\t5\t6,7\n',
    'name,time,open,high,low,close,volume\n"Apple, Inc.",2024-01-31,1,3,1,2,5\n',
  ];
  for (const text of texts) assert.deepEqual(rowsOf(readCandles(text)), [row], text);
});

test('a header names its columns in its own way', () => {
  const row = [1_706_659_200_000, 1, 3, 1, 2, 5];
  for (const time of ['time', 'TIMESTAMP', '<Date>', 'datetime', 'Open time', 'open_time', '"Unix"']) {
    assert.deepEqual(rowsOf(readCandles(`volume,Close,<LOW>,"High",open,${time}\n5,2,1,3,1,1706659200\n`)), [row], time);
  }
  // The first of such names, but a day and, behind it, a time of day are one time.
  assert.equal(readCandles('unix,date,open,high,low,close\n1706659200,31/01/2024,1,1,1,1\n').time[0], row[0]);
  assert.equal(readCandles('date,unix,time,open,high,low,close\n2024-01-31,1,0930,1,1,1,1\n').time[0], row[0] + 9.5 * 3_600_000);
  const volumes = [['volume,vol', '5,6'], ['vol,volume', '6,5'], ['tickvol,tick_volume,vol', '7,6,5'], ['TICKVOL,tick volume', '6,5'], ['tickvol', '5'], ['spread', '5']];
  for (const [names, cells] of volumes) {
    const candles = readCandles(`time,open,high,low,close,${names}\n1706659200,1,3,1,2,${cells}\n`);
    assert.deepEqual([...candles.volume], [names === 'spread' ? 0 : 5], names);
  }
});

test('rows without a header are time, open, high, low, close and volume', () => {
  const kline = '1706659200000,1,3,1,2,5,1706659259999,0,0,0,0,0\n1706659260000,2,3,1,2,6,1706659319999,0,0,0,0,0\n';
  assert.deepEqual(rowsOf(readCandles(kline)), [[1_706_659_200_000, 1, 3, 1, 2, 5], [1_706_659_260_000, 2, 3, 1, 2, 6]]);
  for (const time of ['2024-01-31', '20240131', '2024.01.31 00:00', '1706659200']) {
    assert.deepEqual(rowsOf(readCandles(`${time},1,3,1,2,5`)), [[1_706_659_200_000, 1, 3, 1, 2, 5]], time);
  }
  refuses('\n1706659200,1,3,1,2\n', /^line 2: no header, and fewer columns than time, open, high, low, close, volume$/);
});

test('dates are read in UTC unless they say', () => {
  const day = 1_706_659_200_000;
  const read = {
    '2024-01-31': 0,
    '2024/01/31': 0,
    '2024.01.31': 0,
    '2024-01-31 9:05': 32_700_000,
    '2024-01-31t09:05:07': 32_707_000,
    '2024-01-31 09:05:07,25': 32_707_250,
    '2024-01-31T09:05:07.123999': 32_707_123,
    '20240131 0905': 32_700_000,
    '20240131T090507Z': 32_707_000,
    '2024-01-31 00:00Z': 0,
    '2024-01-31T01:00:00+01:00': 0,
    '2024-01-30 19:00 -0500': 0,
    '2024-01-31 05:30+05:30': 0,
    '2024-01-31 02:00+02': 0,
    '2024-01-31 23:59:59.999': 86_399_999,
  };
  for (const [text, after] of Object.entries(read)) assert.deepEqual(times(text), [day + after], text);
  assert.deepEqual(times('1970-01-01', '1970-01-02'), [0, 86_400_000], 'of dates no size tells a unit');
  assert.deepEqual(times('0099-03-01', '1969-12-31', '2024-02-29', '2100-12-31'), ['0099-03-01', '1969-12-31', '2024-02-29', '2100-12-31'].map(Date.parse));
});

test('what is no date is refused', () => {
  const days = ['2024-02-30', '2023-02-29', '2024-00-10', '2024-13-01', '2024-01-00', '2024-01-32', '20240230 0930', '2024-1-31', '24-01-31', '2024-01/31', '31.01.2024', '01/02/2024'];
  const clocks = ['25:30', '24:00', '09:60', '09:30:60', '9', '930', '93000', '09:3', '09:3000', '0930:00', '09:30:', '09:30+24:00', '09:30+01:60', '09:30 pm', '09:30Zulu'];
  for (const text of [...days, ...clocks.map((clock) => `2024-01-31 ${clock}`), '2024-01-31Z', '2024-01-31T', 'soon', '', '9e18', 'Infinity', 'NaN']) {
    assert.throws(() => times(text), { code: 'data', message: `line 2: time \`${text}\` is neither a date such as 2024-01-31 15:30 nor a Unix time` }, text);
  }
});

test('eight digits are a date if the first time is', () => {
  assert.deepEqual(times('20240131', '20240201', '2024-02-02 12:00'), ['2024-01-31', '2024-02-01', '2024-02-02T12:00Z'].map(Date.parse));
  assert.deepEqual(times('20240231', '20240301'), [20_240_231_000, 20_240_301_000], 'there is no such day: seconds');
  assert.deepEqual(times('0', '20240131'), [0, 20_240_131_000]);
});

test('times are all numbers, or all dates', () => {
  const refused = [
    [['20240131', '20240232'], 'a date such as 2024-01-31 15:30'],
    [['20240131', '1706745600'], 'a date such as 2024-01-31 15:30'],
    [['2024-01-31', '1706745600'], 'a date such as 2024-01-31 15:30'],
    [['2024-01-31', '20240201'], 'a date such as 2024-01-31 15:30'],
    [['1706659200', '2024-02-01'], 'a Unix time'],
    [['1706659200', '9e18'], 'a Unix time'],
  ];
  for (const [cells, name] of refused) {
    assert.throws(() => times(...cells), { message: `line 3: time \`${cells[1]}\` is not ${name}, as the first time is` });
  }
});

test('the newest number tells the unit of all', () => {
  const time = 1_706_659_200_123;
  for (const text of ['1706659200.123', '1706659200123', '1706659200123.9', '1706659200123000', '1706659200123999', '1706659200123000000', '1.706659200123e12']) {
    assert.deepEqual(times(text), [time], text);
  }
  assert.deepEqual(times('99964800000', '100051200000'), [99_964_800_000, 100_051_200_000]);
  assert.deepEqual(times('100051200000', '99964800000'), [99_964_800_000, 100_051_200_000], 'the newest first');
  assert.deepEqual(times('99999999999'), [99_999_999_999_000]);
  assert.deepEqual(times('99999999999998', '99999999999999'), [99_999_999_999_998, 99_999_999_999_999]);
  assert.deepEqual(times('99999999999999', '1e14'), [99_999_999_999, 1e11]);
  assert.deepEqual(times('-200000000000', '20000000000'), [-200_000_000_000_000, 20_000_000_000_000], 'the later is in seconds');
  assert.deepEqual(times('-200000000000', '-20000000000'), [-200_000_000_000, -20_000_000_000], 'before 1970 the larger tells');
  assert.deepEqual(times('-1.5', '-0.25', '0.009', '1.001'), [-1500, -250, 9, 1001]);
  assert.deepEqual(times('1706659200002000000'), [1_706_659_200_002]);
});

test('a file with the newest row first is turned round', () => {
  const text = 'time,open,high,low,close,volume\n2024-02-02,3,3,3,3,30\n2024-02-01,2,2,2,2,20\n2024-01-31,1,1,1,1,10\n';
  const day = (row) => Date.parse('2024-01-31') + row * 86_400_000;
  assert.deepEqual(rowsOf(readCandles(text)), [1, 2, 3].map((price, row) => [day(row), price, price, price, price, price * 10]));
  refuses(`${HEAD}3,1,1,1,1\n\n1,1,1,1,1\n2,1,1,1,1\n`, 'line 4: its time is earlier than that of line 5');
});

test('what cannot be candles is refused with its line', () => {
  const refused = [
    ['', 'the file is empty; it needs rows of candles'],
    ['\uFEFF \n\r\n', 'the file is empty; it needs rows of candles'],
    [`\n${HEAD}\n`, 'there is a header but no row of candles under it'],
    ['\nday,open,high\n1,2,3\n', 'line 2: the header lacks time, low, close; a candle needs time, open, high, low and close'],
    [',time,open,high,low\n0,1,1,1,1\n', 'line 1: the header lacks close; a candle needs time, open, high, low and close'],
    ['2024-02-30,1,1,1,1,1\n', 'line 1: neither a header nor a row that begins with a time: `2024-02-30`'],
    ['{"time": [1]}', /^line 1: neither a header nor a row/],
    [`${HEAD}1,2,3\n`, 'line 2: low `` is not a number'],
    [`${HEAD}\n1,2,x,1,1\n`, 'line 3: high `x` is not a number'],
    [`${HEAD}1,2,3,1,NaN\n`, 'line 2: close `NaN` is not a number'],
    [`${HEAD}1,2,3,1,Infinity\n`, 'line 2: close `Infinity` is not a number'],
    [`${HEAD}1,5,2,1,1.5\n`, 'line 2: high 2 is below another price of its bar'],
    [`${HEAD}1,1,2,1,2.5\n`, 'line 2: high 2 is below another price of its bar'],
    [`${HEAD}1,1,2,1.5,2\n`, 'line 2: low 1.5 is above another price of its bar'],
    [`${HEAD}1,2,2,1.5,1\n`, 'line 2: low 1.5 is above another price of its bar'],
    [`vol,${HEAD}-1,1,1,1,1,1\n`, 'line 2: volume -1 is negative'],
    [`${HEAD}2024-01-01,1,2,1,1\n\n2024-01-01,1,2,1,1\n`, 'line 4: its time is that of line 2 too'],
    [`${HEAD}3,1,2,1,1\n2,1,2,1,1\n4,1,2,1,1\n`, 'line 3: its time is earlier than that of line 2'],
  ];
  for (const [text, message] of refused) refuses(text, message);
});

test('what is no text is refused as an argument', () => {
  for (const text of [undefined, null, 7, new Uint8Array(1), new String(HEAD)]) {
    refuses(text, 'readCandles: text must be a string; bytes become one by `new TextDecoder().decode(bytes)`', 'parameter');
  }
});
