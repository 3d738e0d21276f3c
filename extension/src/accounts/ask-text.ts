import type { Dialogs } from '../host/index.ts';
import { type Ask, answered } from '../host/index.ts';
import { memberText } from './content.ts';
import { type Draft, problemAt, withText } from './draft.ts';

/** Asks for a member that is a text, and judges it as the file's reader would. */
export function askText(
  dialogs: Dialogs,
  member: string,
  {
    name,
    prompt,
    placeholder,
    tidy = (text) => text,
  }: { name: string; prompt: string; placeholder?: string; tidy?: (text: string) => string },
): Ask<Draft> {
  return async (draft, place) => {
    const withAnswer = (text: string) => withText(draft.entry, member, tidy(text.trim()));
    const step = await dialogs.input({
      ...place,
      prompt,
      ...(placeholder === undefined ? {} : { placeholder }),
      value: memberText(draft.entry, member),
      validate: (text) => problemAt({ accounts: [withAnswer(text)] }, `accounts[0].${member}`, name),
    });
    return answered(step, (text) => ({ ...draft, entry: withAnswer(text) }));
  };
}
