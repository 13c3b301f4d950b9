// Time zones: how far local time is from UTC at a moment, and moments as people read them.

const HOUR = 3_600_000;

export class Zone {
  readonly #format: Intl.DateTimeFormat | undefined;
  readonly #offsets = new Map<number, number>();

  /** `UTC`, `local` or a name such as `America/New_York`. */
  constructor(readonly id: string) {
    if (id === 'UTC') return;
    const named = id === 'local' ? {} : { timeZone: id };
    this.#format = new Intl.DateTimeFormat('en-US', { ...named, timeZoneName: 'longOffset' });
  }

  /** Of a name that may not be one: UTC when it is not. */
  static of(id: string): Zone {
    try {
      return new Zone(id);
    } catch {
      return new Zone('UTC');
    }
  }

  /** Milliseconds to add to a time to read the local clock as if it were UTC. */
  offset(time: number): number {
    if (this.#format === undefined) return 0;
    const hour = Math.floor(time / HOUR);
    let offset = this.#offsets.get(hour);
    if (offset === undefined) {
      const name = this.#format.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? '';
      const [, sign, hours, minutes, seconds] = /([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(name) ?? [];
      const size = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000 + Number(seconds ?? 0) * 1000;
      offset = sign === '-' ? -size : size;
      if (this.#offsets.size > 20_000) this.#offsets.clear();
      this.#offsets.set(hour, offset);
    }
    return offset;
  }

  /** The time on the local clock, to be read as UTC. */
  local(time: number): number {
    return time + this.offset(time);
  }

  /** The time at which the local clock shows `local`. */
  utc(local: number): number {
    const guess = local - this.offset(local);
    return local - this.offset(guess);
  }

  /** As it is called in the footer: `UTC`, `New York`. */
  get label(): string {
    if (this.id === 'local') return 'local time';
    return (this.id.split('/').at(-1) ?? this.id).replaceAll('_', ' ');
  }
}

/** Those asked for most: where markets are. */
export const COMMON: readonly [id: string, name: string][] = [
  ['UTC', 'UTC'],
  ['local', 'Local time'],
  ['America/New_York', 'New York'],
  ['America/Chicago', 'Chicago'],
  ['Europe/London', 'London'],
  ['Europe/Berlin', 'Frankfurt'],
  ['Asia/Kolkata', 'Mumbai'],
  ['Asia/Hong_Kong', 'Hong Kong'],
  ['Asia/Singapore', 'Singapore'],
  ['Asia/Tokyo', 'Tokyo'],
  ['Australia/Sydney', 'Sydney'],
];

/** Every zone the browser knows that is not among the common ones. */
export function otherZones(): string[] {
  const common = new Set(COMMON.map(([id]) => id));
  return Intl.supportedValuesOf('timeZone').filter((id) => !common.has(id));
}
