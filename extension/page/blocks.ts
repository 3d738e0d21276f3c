import type { Block, Button, FactRow, FactValue, FromPage, Item } from '../src/review/messages.ts';
import { button, el } from './dom.ts';

export type Post = (message: FromPage) => void;

export function drawBlock(block: Block, post: Post): HTMLElement {
  switch (block.kind) {
    case 'facts':
      return drawFacts(block.rows, post);
    case 'note':
      return el('p', { class: `note ${block.tone}` }, block.text);
    case 'quote':
      return el('figure', { class: 'quote' }, el('figcaption', {}, block.label), el('blockquote', {}, block.text));
    case 'items':
      return el('ul', { class: 'items', role: 'list' }, ...block.items.map((item) => drawItem(item, post)));
    case 'code':
      return el('pre', { tabindex: 0, 'aria-label': block.label }, block.text);
    default:
      return block satisfies never;
  }
}

export function drawFacts(rows: readonly FactRow[], post: Post): HTMLElement {
  return el(
    'dl',
    {},
    ...rows.map(({ label, values }) =>
      el('div', {}, el('dt', {}, label), ...values.map((value) => drawValue(value, post))),
    ),
  );
}

function drawValue({ text, tone, isCode, button: offered }: FactValue, post: Post): HTMLElement {
  return el('dd', { class: tone }, el(isCode ? 'code' : 'span', {}, text), offered ? drawButton(offered, post) : null);
}

function drawItem({ badge, title, lines, button: offered }: Item, post: Post): HTMLElement {
  return el(
    'li',
    { class: badge?.tone ?? 'plain' },
    el('p', { class: 'title' }, badge ? drawBadge(badge) : null, title),
    ...lines.map((line) => el('p', {}, line)),
    offered ? drawButton(offered, post) : null,
  );
}

export function drawBadge({ text, tone }: NonNullable<Item['badge']>): HTMLElement {
  return el('span', { class: `badge ${tone}` }, text);
}

function drawButton({ does, id, label, spoken }: Button, post: Post): HTMLElement {
  return button(label, () => post({ type: does, id }), {
    id: `b-${does}-${id}`,
    class: 'small',
    'aria-label': spoken,
  });
}
