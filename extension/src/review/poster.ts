import type { Panel } from '../host/index.ts';
import { SECTION_IDS, type SectionId, type ToPage } from './messages.ts';
import { pageWords } from './view/words.ts';

/** What a page was told. What it shows already is not sent again, so that nothing is drawn anew under somebody's eyes. */
export interface Poster {
  /** Whether there is a page that listens. */
  readonly isThere: boolean;
  /** The page was drawn anew, and knows nothing. */
  begin(): void;
  /** @param place of the page; a later message for it takes this one's place */
  post(place: string, message: ToPage): void;
  /** The sections that there are, in their order. */
  layOut(sections: readonly SectionId[]): void;
  say(text: string): void;
}

export function createPoster(panel: Panel): Poster {
  const shown = new Map<string, string>();
  let isThere = false;
  const send = (message: ToPage) => {
    if (isThere) panel.post(message);
  };
  const post = (place: string, message: ToPage) => {
    const text = JSON.stringify(message);
    if (shown.get(place) === text) return;
    shown.set(place, text);
    send(message);
  };
  return {
    get isThere() {
      return isThere;
    },
    begin: () => {
      isThere = true;
      shown.clear();
      send({ type: 'hello', words: pageWords() });
    },
    post,
    layOut: (sections) => {
      for (const place of shown.keys()) if (isSection(place) && !sections.includes(place)) shown.delete(place);
      post('layout', { type: 'layout', sections });
    },
    say: (text) => send({ type: 'said', text }),
  };
}

function isSection(place: string): place is SectionId {
  return SECTION_IDS.some((id) => id === place);
}
