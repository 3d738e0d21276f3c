import type { Banner, FromPage, Header, PageWords, SectionId, ToPage } from '../src/review/messages.ts';
import { drawBadge, drawFacts } from './blocks.ts';
import { createDecideRegion } from './decide.ts';
import { button, el, type Keyed, place } from './dom.ts';
import { keepFocus } from './keep-focus.ts';
import { drawSection, fillSection } from './sections.ts';

declare function acquireVsCodeApi(): { postMessage(message: FromPage): void; setState(state: unknown): void };

/** How long what is told stays to be read. */
const SAID_MS = 8000;

const editor = acquireVsCodeApi();
const post = (message: FromPage) => editor.postMessage(message);
const key = document.querySelector('meta[name="countersign-key"]')?.getAttribute('content') ?? '';
// With it the editor opens the same page again after a reload.
editor.setState({ key: decodeURIComponent(key) });

const page = document.getElementById('page') ?? document.body;
let receive: (message: ToPage) => void = (message) => {
  if (message.type === 'hello') receive = begin(message.words);
};
// Only the editor that shows this page can send it something; its own frames have no other one in them.
window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => receive(data));
keepFocus();
post({ type: 'ready' });

function begin(words: PageWords): (message: ToPage) => void {
  const top = el('header', { class: 'top' });
  const banner = el('div', { class: 'banners', role: 'alert' });
  const content = el('div', { class: 'content' });
  const decide = createDecideRegion(words, post);
  const said = el('p', { class: 'said', role: 'status' });
  const skip = button(words.skip, () => document.getElementById('h-decide')?.focus(), { id: 'b-skip', class: 'skip' });
  const columns = el('div', { class: 'columns' }, content, decide.element);
  page.replaceChildren(skip, top, banner, columns, said);
  const titles = new Map<SectionId, string>();
  let order: readonly SectionId[] = [];
  let timer = 0;

  const layOut = () =>
    place(
      content,
      order.flatMap((id): readonly Keyed[] => {
        const title = titles.get(id);
        return title === undefined ? [] : [{ key: id, from: title, draw: () => drawSection({ id, title, parts: [] }) }];
      }),
    );

  return (message) => {
    switch (message.type) {
      case 'hello':
        return;
      case 'header':
        return place(top, [{ key: 'header', from: message.header, draw: () => drawHeader(message.header) }]);
      case 'banner': {
        const { banner: shown } = message;
        return place(banner, shown ? [{ key: 'banner', from: shown, draw: () => drawBanner(shown) }] : []);
      }
      case 'layout':
        order = message.sections;
        return layOut();
      case 'section': {
        const { section } = message;
        titles.set(section.id, section.title);
        layOut();
        const element = document.getElementById(`s-${section.id}`);
        return element ? fillSection(element, section, words, post) : undefined;
      }
      case 'decide':
        return decide.show(message.decide);
      case 'said':
        window.clearTimeout(timer);
        said.textContent = message.text;
        timer = window.setTimeout(() => said.replaceChildren(), SAID_MS);
        return;
      default:
        return message satisfies never;
    }
  };
}

function drawHeader({ title, badges, rows }: Header): HTMLElement {
  return el(
    'div',
    {},
    el('h1', {}, title),
    el('p', { class: 'badges' }, ...badges.map(drawBadge)),
    drawFacts(rows, post),
  );
}

function drawBanner({ tone, title, lines, reload }: Banner): HTMLElement {
  return el(
    'div',
    { class: `banner ${tone}` },
    el('p', { class: 'title' }, title),
    ...lines.map((line) => el('p', {}, line)),
    reload === null ? null : button(reload, () => post({ type: 'reload' }), { id: 'b-reload' }),
  );
}
