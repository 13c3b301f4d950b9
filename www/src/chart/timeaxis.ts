// Where the time axis has its labels: at round times of the chosen zone, the weightier the round, the surer.
import type { Zone } from '../zones';

export interface Tick {
  row: number;
  text: string;
  /** Something longer begins than at the labels around: a day among hours, a month among days. */
  strong: boolean;
}

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];
/** Steps within a day. */
const CLOCK = [1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720].map((minutes) => minutes * MINUTE);
const SECONDS = [1, 5, 15, 30].map((seconds) => seconds * 1000);
/** Days of a month, by how many days apart. */
const DAYS: readonly (readonly [apart: number, days: readonly number[]])[] = [
  [2, [1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29]],
  [3, [1, 4, 7, 10, 13, 16, 19, 22, 25, 28]],
  [5, [1, 6, 11, 16, 21, 26]],
  [8, [1, 8, 15, 22]],
  [15, [1, 15]],
];
const MONTHS = [1, 2, 3, 6];
const YEARS = [1, 2, 5, 10, 20, 50];
/** Pixels between labels. */
const APART = 84;

const MONTH_NAMES = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Bars with a time each; before and after them the clock goes on at the usual pace. */
export interface Clock {
  timeAt(row: number): number;
  /** The first row that opens at a time or later. */
  rowFrom(time: number): number;
}

export function ticks(clock: Clock, from: number, to: number, spacing: number, zone: Zone): Tick[] {
  const [first, last] = [clock.timeAt(Math.floor(from)), clock.timeAt(Math.ceil(to))];
  if (!(last > first)) return [];
  const perBar = (last - first) / Math.max(1, Math.ceil(to) - Math.floor(from));
  const wanted = (perBar * APART) / spacing;
  const found: (Tick & { weight: number })[] = [];
  for (const local of rounds(zone.local(first), zone.local(last), wanted)) {
    const row = clock.rowFrom(zone.utc(local));
    if (row < from - 1 || row > to + 1) continue;
    const { weight, text } = label(local);
    found.push({ row, text, weight, strong: false });
  }
  // The weightier takes the place of what stands too near.
  const kept: (Tick & { weight: number })[] = [];
  for (const tick of found.sort((a, b) => b.weight - a.weight || a.row - b.row)) {
    if (kept.every((other) => Math.abs(other.row - tick.row) * spacing >= APART * 0.62)) kept.push(tick);
  }
  const least = Math.min(...kept.map(({ weight }) => weight));
  for (const tick of kept) tick.strong = tick.weight > Math.max(0, least);
  return kept.sort((a, b) => a.row - b.row);
}

/** Round local times between two, about so far apart. */
function rounds(first: number, last: number, wanted: number): number[] {
  const step = [...SECONDS, ...CLOCK].find((candidate) => candidate >= wanted) ?? (wanted <= DAY ? DAY : undefined);
  const times: number[] = [];
  if (step !== undefined) {
    for (let time = Math.ceil(first / step) * step; time <= last && times.length < 500; time += step) times.push(time);
    return times;
  }
  const add = (year: number, month: number, day: number): void => {
    const time = Date.UTC(year, month, day);
    if (time >= first && time <= last) times.push(time);
  };
  const [begin, end] = [new Date(first), new Date(last)];
  const apart = DAYS.find(([days]) => days * DAY >= wanted);
  const months = MONTHS.find((count) => count * 30.4 * DAY >= wanted);
  const years = YEARS.find((count) => count * 365 * DAY >= wanted) ?? 100;
  for (let year = begin.getUTCFullYear(); year <= end.getUTCFullYear(); year++) {
    if (apart === undefined && months === undefined) {
      if (year % years === 0) add(year, 0, 1);
      continue;
    }
    for (let month = 0; month < 12; month += apart === undefined ? months! : 1) {
      for (const day of apart?.[1] ?? [1]) add(year, month, day);
    }
  }
  return times;
}

function label(local: number): { text: string; weight: number } {
  const date = new Date(local);
  if (local % DAY !== 0) return { text: clock(date, local % MINUTE !== 0), weight: local % HOUR === 0 ? 0 : -1 };
  const day = date.getUTCDate();
  if (day !== 1) return { text: String(day), weight: 1 };
  const month = date.getUTCMonth();
  return month === 0 ? { text: String(date.getUTCFullYear()), weight: 3 } : { text: MONTH_NAMES[month]!, weight: 2 };
}

function clock(date: Date, seconds: boolean): string {
  return date.toISOString().slice(11, seconds ? 19 : 16);
}

/** `Tue 21 Nov 2023 14:05`; the time of day is left out where bars are days. */
export function moment(time: number, zone: Zone, daily: boolean): string {
  const date = new Date(zone.local(time));
  if (Number.isNaN(date.getTime())) return '–';
  const weekday = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][date.getUTCDay()]!;
  const day = `${weekday} ${date.getUTCDate()} ${MONTH_NAMES[date.getUTCMonth()]!} ${date.getUTCFullYear()}`;
  return daily ? day : `${day} ${clock(date, date.getUTCSeconds() !== 0)}`;
}
