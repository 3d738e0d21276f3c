import type { PageWords, Part, PartState, Section } from '../src/review/messages.ts';
import { drawBlock, type Post } from './blocks.ts';
import { button, el, type Keyed, place } from './dom.ts';

/** A section that is drawn once, and whose parts are drawn anew when they change. */
export function drawSection(section: Section): HTMLElement {
  const heading = `h-${section.id}`;
  return el(
    'section',
    { id: `s-${section.id}`, 'aria-labelledby': heading },
    el('h2', { id: heading }, section.title),
    el('div', { class: 'parts' }),
  );
}

export function fillSection(element: HTMLElement, { parts }: Section, words: PageWords, post: Post): void {
  const inner = element.querySelector<HTMLElement>('.parts');
  if (inner)
    place(
      inner,
      parts.map((part): Keyed => ({ key: part.id, from: part, draw: () => drawPart(part, words, post) })),
    );
}

function drawPart({ id, title, state }: Part, words: PageWords, post: Post): HTMLElement {
  const isBusy = state.kind === 'loading';
  return el(
    'div',
    { class: 'part', 'aria-busy': isBusy },
    title === null ? null : el('h3', {}, title),
    ...drawState(state, `b-read-${id}`, title, words, () => post({ type: 'read', part: id }), post),
  );
}

function drawState(
  state: PartState,
  id: string,
  title: string | null,
  words: PageWords,
  read: () => void,
  post: Post,
): readonly HTMLElement[] {
  const spoken = (label: string) => (title === null ? {} : { 'aria-label': `${label}: ${title}` });
  switch (state.kind) {
    case 'loading':
      return [el('p', { class: 'note loading' }, words.loading)];
    case 'failed':
      return drawFailure(state.message, words, read, { id, ...spoken(words.tryAgain) });
    case 'unread':
      return [button(state.action, read, { id, class: 'small', ...spoken(state.action) })];
    case 'read':
      return state.blocks.map((block) => drawBlock(block, post));
    default:
      return state satisfies never;
  }
}

export function drawFailure(
  message: string,
  words: PageWords,
  read: () => void,
  attributes: { readonly id: string; readonly 'aria-label'?: string },
): readonly HTMLElement[] {
  return [
    el('p', { class: 'note failed' }, el('strong', {}, words.notRead), ` ${message}`),
    button(words.tryAgain, read, { class: 'small', ...attributes }),
  ];
}
