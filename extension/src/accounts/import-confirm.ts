import type { JsonObject } from '@countersign/shared/approval';
import { cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { Host } from '../host/index.ts';
import { accountText, type Room, sectionTexts } from './import-effects.ts';
import type { Taken } from './import-secrets.ts';

/** An import as it would be carried out. */
export interface Import {
  readonly file: string;
  readonly taken: readonly Taken[];
  readonly sections: JsonObject;
}

const SHORT: Room = { words: 8, word: 120 };
const WHOLE: Room = { words: Number.POSITIVE_INFINITY, word: 100_000 };
/** That a small window shows of a modal question, and how wide they are. */
const LINES = 30;
const COLUMNS = 70;

/** Asks whether all of it is meant; what doesn't fit the question has to be opened before it can be. */
export async function confirmImport(host: Host, { file, taken, sections }: Import, ours: JsonObject): Promise<boolean> {
  const textsFor = (room: Room) => [
    // They bear on every account, so they come first.
    ...sectionTexts(sections, ours, room),
    ...taken.map((one) => accountText(one, ours, room)),
  ];
  const message = l10n.t('Import from {0}?', cleanLine(file));
  const [short, whole] = [textsFor(SHORT), textsFor(WHOLE)];
  const fitting = fittingIn(short);
  const isShortened = fitting < short.length || short.join() !== whole.join();
  const detail = [
    ...(isShortened ? [l10n.t('This is not everything that the import would change.')] : []),
    ...short.slice(0, fitting),
  ].join('\n\n');
  const [go, all, goOn] = [l10n.t('Import'), l10n.t('Show Everything'), l10n.t('Answer')];
  let isRead = !isShortened;
  for (;;) {
    const actions = [...(isRead ? [go] : []), ...(isShortened ? [all] : [])];
    const answer = await host.dialogs.ask({ message, detail, actions });
    if (answer === go) return isRead;
    if (answer !== all) return false;
    await host.openText(`${[message, ...whole].join('\n\n')}\n`);
    isRead = true;
    // A modal question would keep them from reading it.
    const chosen = await host.dialogs.notify('info', l10n.t('Read it to its end, then answer.'), goOn);
    if (chosen !== goOn) return false;
  }
}

/** How many of the texts a question has room for. */
function fittingIn(texts: readonly string[]): number {
  let lines = 0;
  const overflow = texts.findIndex((text) => {
    lines += 1 + Math.ceil(text.length / COLUMNS);
    return lines > LINES;
  });
  return overflow < 0 ? texts.length : overflow;
}
