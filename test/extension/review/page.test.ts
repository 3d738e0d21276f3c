import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ToPage } from '../../../extension/src/review/messages.ts';
import { forbiddenIn, hostileCorpus } from '../../hostile-corpus.ts';
import { drawPage } from './draw-page.ts';
import { openReviews, type ReviewWorld } from './open-review.ts';

let reviews: ReviewWorld;
beforeAll(async () => {
  reviews = await openReviews();
});
afterAll(() => reviews.close());

describe('the page', () => {
  test('is drawn with landmarks, headings in their order, and a name for every control', async () => {
    const page = await reviews.page('elevate-printer');
    const drawn = await drawPage(reviews, page);
    const { document } = drawn.window;
    expect(drawn.get('h1').textContent).toBe('HPEasyStart.exe');
    expect([...document.querySelectorAll('h2')].map(({ textContent }) => textContent)).toEqual([
      'What to notice',
      'Facts',
      'Matching applications',
      'Research',
      'History',
      'The same file elsewhere',
      "The vendor's own record",
      'Decide',
    ]);
    for (const section of document.querySelectorAll('section')) {
      expect(document.getElementById(section.getAttribute('aria-labelledby') ?? '')?.textContent).toBeTruthy();
    }
    for (const field of document.querySelectorAll('input, select, textarea')) {
      expect(document.querySelector(`label[for="${field.id}"]`)?.textContent).toBeTruthy();
    }
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    expect(ids).toHaveLength(new Set(ids).size);
    expect(drawn.kept).toEqual({ key: page.key });
    await drawn.close();
  });

  test('names the act and its subject on buttons that can not be confused', async () => {
    const drawn = await drawPage(reviews, await reviews.page('anydesk'));
    const buttons = [...drawn.window.document.querySelectorAll('button.decide')];
    expect(buttons.map(({ textContent }) => textContent)).toEqual([
      'Approve AnyDesk.exe …',
      'Deny AnyDesk.exe …',
      'Take ownership of AnyDesk.exe …',
    ]);
    expect(drawn.get('#b-decide-approve').closest('section')).not.toBe(drawn.get('#b-decide-deny').closest('section'));
    await drawn.close();
  });

  test('gives the focus back when it gets it, but to no button that decides', async () => {
    const drawn = await drawPage(reviews, await reviews.page('anydesk'));
    const { window } = drawn;
    const { document } = window;
    const left = (selector: string, isWindowLeft = false) => {
      const element = drawn.get(selector);
      if (!(element instanceof window.HTMLElement)) throw new Error(`${selector} takes no focus`);
      element.focus();
      // A dialog of the system takes the focus from the whole window, in which everything keeps its own.
      if (!isWindowLeft) element.blur();
      window.dispatchEvent(new window.Event('focus'));
      return document.activeElement?.id;
    };
    expect(left('#f-reason')).toBe('f-reason');
    expect(left('#b-decide-approve')).toBe('h-decide');
    expect(left('#b-decide-deny')).toBe('h-decide');
    expect(left('#b-decide-approve', true)).toBe('h-decide');
    expect(left('#f-reason', true)).toBe('f-reason');
    await drawn.close();
  });

  test('takes a text that is typed on a button for one that was meant for somewhere else', async () => {
    const drawn = await drawPage(reviews, await reviews.page('anydesk'));
    const { window } = drawn;
    const { document } = window;
    const button = drawn.get('#b-decide-approve');
    const press = (key: string, ctrlKey = false) => {
      if (button instanceof window.HTMLElement) button.focus();
      button.dispatchEvent(new window.KeyboardEvent('keydown', { key, ctrlKey, bubbles: true }));
      return document.activeElement?.id;
    };
    for (const key of [' ', 'Enter', 'Tab']) expect(press(key)).toBe('b-decide-approve');
    expect(press('c', true)).toBe('b-decide-approve');
    expect(press('c')).toBe('h-decide');
    await drawn.close();
  });

  test('denies with what was typed, and approves nothing by it', async () => {
    const page = await reviews.page('anydesk');
    const drawn = await drawPage(reviews, page);
    const before = reviews.asked.length;
    await drawn.type('#f-reason', 'We have our own tool.');
    await drawn.click('#b-decide-deny');
    await page.until(({ banner }) => banner !== null);
    await drawn.follow();
    expect(reviews.asked.slice(before).map(({ decision }) => decision)).toEqual([
      { verdict: 'deny', options: { reason: 'We have our own tool.' } },
    ]);
    expect(drawn.get('.banners').textContent).toContain('Nothing was sent');
    expect(drawn.get('#f-reason')).toHaveProperty('value', 'We have our own tool.');
    await drawn.close();
  });

  test('leads to what is missing, and keeps the focus where it was while it is drawn anew', async () => {
    const page = await reviews.page('elevate-printer');
    const drawn = await drawPage(reviews, page);
    await drawn.click('#b-decide-approve');
    const { document } = drawn.window;
    expect(document.activeElement?.id).toBe('f-elevation-0');
    const silent = drawn.get('#f-elevation-2');
    (silent as unknown as HTMLElementLike).focus();
    (silent as unknown as HTMLElementLike).click();
    await drawn.follow();
    expect(document.activeElement?.id).toBe('f-elevation-2');
    expect(drawn.get('.form.approve .reach').textContent).toMatch(/^Reach: /);
    expect(drawn.get('.form.approve .reach').getAttribute('role')).toBe('status');
    await drawn.close();
  });

  test('does nothing with a button that is off, and says why beside it', async () => {
    const page = await reviews.page('abr-malicious');
    const drawn = await drawPage(reviews, page);
    const approve = drawn.get('#b-decide-approve');
    expect(approve.getAttribute('aria-disabled')).toBe('true');
    expect(drawn.get(`#${approve.getAttribute('aria-describedby')}`).textContent).toMatch(/malicious/);
    const before = reviews.asked.length;
    await drawn.click('#b-decide-approve');
    expect(reviews.asked.length).toBe(before);
    await drawn.close();
  });

  test('shows what was typed again when it is drawn anew', async () => {
    const page = await reviews.page('usb-write');
    const first = await drawPage(reviews, page);
    await first.type('#f-reason', 'Not on this computer.');
    await first.close();
    const again = await drawPage(reviews, page);
    expect(again.get('#f-reason')).toHaveProperty('value', 'Not on this computer.');
    await again.close();
  });
});

describe('texts of others', () => {
  test.each(hostileCorpus)('$name is text, within its cap, with nothing hidden', async ({ text }) => {
    const { id } = reviews.world.named('shared-dll');
    reviews.world.sandbox.change('threatlocker', id, (request) => {
      request.reason = text;
      request.username = text;
      request.requestorEmailAddress = text;
      request.comments = text;
      request.ticketId = text;
      request.file.policyName = text;
      request.file.installedBy = [text, text];
      request.file.processName = text;
      request.engineRatings = [{ name: text, rating: text }];
    });
    const page = await reviews.page('shared-dll');
    const before = reviews.host.posted.get(page.key)?.length;
    page.say({ type: 'reload' });
    await page.until(({ decide }) => decide.forms.length === 0);
    await page.wholeRead();
    page.say({ type: 'read', part: 'raw' });
    const drawn = await drawPage(reviews, page);
    const told = (reviews.host.posted.get(page.key) as readonly ToPage[]).slice(before);
    for (const message of told) {
      const isRaw = message.type === 'section' && message.section.id === 'raw';
      for (const shown of textsIn(message)) {
        expect(forbiddenIn(shown, '\n')).toEqual([]);
        expect(shown.length).toBeLessThanOrEqual(isRaw ? 60_000 : 4_200);
      }
    }
    const tags = new Set([...drawn.root.querySelectorAll('*')].map(({ tagName }) => tagName));
    expect([...tags].filter((tag) => !TAGS.has(tag))).toEqual([]);
    for (const element of drawn.root.querySelectorAll('*')) {
      const odd = element.getAttributeNames().filter((name) => /^on|^style$|^href$|^src$/.test(name));
      expect(odd).toEqual([]);
    }
    await drawn.close();
  });
});

test("the page's script makes elements and text, never markup", () => {
  const folder = path.resolve('extension/page');
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts'))) {
    const source = readFileSync(path.join(folder, file), 'utf8');
    expect(source).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|\beval\b|new Function|setHTML|\.style\b|fetch\(|XMLHttpRequest|import\(/,
    );
  }
});

interface HTMLElementLike {
  focus(): void;
  click(): void;
}

const TAGS = new Set(
  'BUTTON HEADER DIV H1 H2 H3 P SPAN STRONG CODE PRE DL DT DD UL LI FIGURE FIGCAPTION BLOCKQUOTE SECTION FIELDSET LEGEND LABEL INPUT SELECT OPTION TEXTAREA DETAILS SUMMARY'.split(
    ' ',
  ),
);

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
