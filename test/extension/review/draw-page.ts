import { readFileSync } from 'node:fs';
import { Window } from 'happy-dom';
import type { ReviewWorld, SeenPage } from './open-review.ts';

/** The page itself, as it is bundled, in a document. */
export interface DrawnPage {
  readonly window: Window;
  readonly root: Element;
  /** What it asked the editor to keep. */
  readonly kept: unknown;
  /** Draws what it was told since. */
  follow(): Promise<void>;
  get(selector: string): Element;
  click(selector: string): Promise<void>;
  type(selector: string, text: string): Promise<void>;
  close(): Promise<void>;
}

const SCRIPT = readFileSync('extension/dist/page/review.js', 'utf8');

type Element = NonNullable<ReturnType<Window['document']['querySelector']>>;

/** Has the page and the panel talk to each other, as the editor does. */
export async function drawPage({ host }: ReviewWorld, page: SeenPage): Promise<DrawnPage> {
  const window = new Window({
    settings: { enableJavaScriptEvaluation: true, suppressInsecureJavaScriptEnvironmentWarning: true },
  });
  const { document } = window;
  document.head.innerHTML = `<meta name="countersign-key" content="${encodeURIComponent(page.key)}">`;
  document.body.innerHTML = '<main id="page" tabindex="-1"></main>';
  let kept: unknown = null;
  // Whatever was told before, this page has not heard.
  let heard = host.posted.get(page.key)?.length ?? 0;
  Object.assign(window, {
    acquireVsCodeApi: () => ({
      postMessage: (message: unknown) => host.say(page.key, JSON.parse(JSON.stringify(message))),
      setState: (state: unknown) => {
        kept = state;
      },
    }),
  });
  window.eval(SCRIPT);
  const follow = async () => {
    const told = host.posted.get(page.key) ?? [];
    while (heard < told.length) {
      const data = JSON.parse(JSON.stringify(told[heard]));
      heard += 1;
      window.dispatchEvent(new window.MessageEvent('message', { data }));
    }
    await Promise.resolve();
  };
  const get = (selector: string): Element => {
    const found = document.querySelector(selector);
    if (!found) throw new Error(`There is no ${selector} on the page.`);
    return found;
  };
  await follow();
  return {
    window,
    root: get('#page'),
    get kept() {
      return kept;
    },
    follow,
    get,
    click: async (selector) => {
      get(selector).dispatchEvent(new window.MouseEvent('click', { bubbles: true }));
      await follow();
    },
    type: async (selector, text) => {
      const field = get(selector);
      Object.assign(field, { value: text });
      field.dispatchEvent(new window.Event('input', { bubbles: true }));
      await follow();
    },
    close: () => window.happyDOM.close(),
  };
}
