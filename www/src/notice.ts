// What the page says in front of the chart, and in passing.
import { byId, h } from './dom';

export type Notice = 'loading' | 'empty' | 'error';

/** What stands in front of the chart; nothing when all is well. */
export function notice(kind?: Notice, text = '', retry?: () => void): void {
  const element = byId('notice');
  element.hidden = kind === undefined;
  if (kind === undefined) return;
  element.dataset['kind'] = kind;
  element.setAttribute('role', kind === 'error' ? 'alert' : 'status');
  element.replaceChildren(h('p', {}, text));
  if (retry === undefined) return;
  const button = h('button', { class: 'primary', type: 'button', 'data-testid': 'retry' }, 'Try again');
  button.addEventListener('click', retry);
  element.append(button);
}

let hiding: number | undefined;

/** A sentence for a few seconds. */
export function toast(text: string, wrong = false): void {
  const element = byId('toast');
  element.textContent = text;
  element.dataset['kind'] = wrong ? 'wrong' : 'fine';
  element.dataset['shown'] = 'true';
  clearTimeout(hiding);
  hiding = setTimeout(() => delete element.dataset['shown'], wrong ? 9000 : 3500);
}
