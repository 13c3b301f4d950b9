// The controls of a replay.
import { byId, h } from './dom';
import { count } from './format';
import { SPEEDS, type Replay } from './replay';

export class ReplayBar {
  readonly #root = byId('replay-bar');
  readonly #play = h('button', { class: 'tool strong', type: 'button', 'data-testid': 'replay-play' });
  readonly #step = h('button', { class: 'tool', type: 'button', title: 'Next bar (.)', 'data-testid': 'replay-step' }, 'Step');
  readonly #speed = h(
    'select',
    { 'aria-label': 'Bars a second', 'data-testid': 'replay-speed' },
    ...SPEEDS.map((speed) => h('option', { value: speed }, `${speed} bars/s`)),
  );
  readonly #place = h('input', { type: 'range', min: 1, 'aria-label': 'Replayed up to bar', 'data-testid': 'replay-place' });
  readonly #where = h('span', { class: 'muted where', 'data-testid': 'replay-where' });
  readonly #end = h('button', { class: 'tool', type: 'button', 'data-testid': 'replay-end' }, 'End replay');
  #replay: Replay | undefined;

  constructor(end: () => void) {
    this.#root.append(this.#play, this.#step, this.#speed, this.#place, this.#where, this.#end);
    this.#play.addEventListener('click', () => this.toggle());
    this.#step.addEventListener('click', () => this.#replay?.step());
    this.#speed.addEventListener('change', () => {
      if (this.#replay !== undefined) this.#replay.speed = Number(this.#speed.value);
    });
    this.#place.addEventListener('input', () => this.#replay?.seek(Number(this.#place.value)));
    this.#end.addEventListener('click', end);
  }

  show(replay: Replay | undefined): void {
    this.#replay = replay;
    this.#root.hidden = replay === undefined;
    byId('replay').setAttribute('aria-pressed', String(replay !== undefined));
    this.update();
  }

  toggle(): void {
    if (this.#replay?.playing === true) this.#replay.pause();
    else this.#replay?.play();
  }

  update(): void {
    const replay = this.#replay;
    if (replay === undefined) return;
    this.#play.textContent = replay.playing ? 'Pause' : replay.atEnd ? 'Ended' : 'Play';
    this.#play.disabled = replay.atEnd;
    this.#step.disabled = replay.atEnd;
    this.#speed.value = String(replay.speed);
    this.#place.max = String(replay.length);
    this.#place.value = String(replay.position);
    this.#place.style.setProperty('--part', `${(replay.position / replay.length) * 100}%`);
    this.#where.textContent = `${count(replay.position)} / ${count(replay.length)}`;
  }
}
