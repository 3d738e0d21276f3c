import * as l10n from '@vscode/l10n';
import type { Host } from '../host/index.ts';
import type { Confirmation } from './dialog.ts';
import { show } from './tell.ts';

/** What a person said to a dialog; `closed`: nothing at all, or not the phrase that was asked for. */
export type Said = 'confirmed' | 'rejected' | 'closed' | 'ended';

export interface Asking {
  /** With a button that turns somebody else's proposal down. */
  readonly mayReject: boolean;
  /** Settles when the plan has ended without this person, so that they aren't asked any further: `ended`. */
  readonly ended: Promise<unknown>;
}

/**
 * Asks the person of this window. Only the button that names the act confirms; where a stop speaks against it, only after the
 * phrase was typed as well, and where the dialog has no room for all, only after everything was opened.
 */
export async function askPerson(host: Host, confirmation: Confirmation, { mayReject, ended }: Asking): Promise<Said> {
  const { message, detail, act, isShortened, everything, phrase } = confirmation;
  let hasEnded = false;
  const end = ended.then(() => {
    hasEnded = true;
    return null;
  });
  if (phrase !== null) {
    const typed = await host.dialogs.input({
      title: message,
      prompt: l10n.t('{0} To approve it all the same, type "{1}".', phrase.because.join(' '), phrase.text),
      placeholder: phrase.text,
    });
    if (typed.kind !== 'done') return 'closed';
    if (typed.value.trim() !== phrase.text) {
      show(host, 'warning', l10n.t('That is not the phrase that was asked for, so nothing was sent.'));
      return 'closed';
    }
  }
  const reject = l10n.t('Reject Proposal');
  const all = l10n.t('Show Everything');
  const notYet = l10n.t('This dialog has no room for all of it, so it can be confirmed after "Show Everything".');
  let isRead = !isShortened;
  while (!hasEnded) {
    // The editor gives the first button the focus, and the dialog comes while its person may be typing elsewhere: a stray Enter or
    // space shows more, and decides nothing.
    const actions = [all, ...(isRead ? [act] : []), ...(mayReject ? [reject] : [])];
    // Nobody can close it but its person, so it is answered even if the plan ends meanwhile.
    const answer = await host.dialogs.ask({ message, detail: isRead ? detail : `${notYet}\n${detail}`, actions });
    if (answer === act && isRead) return 'confirmed';
    if (answer === reject && mayReject) return 'rejected';
    if (answer !== all) return 'closed';
    await host.openText(everything);
    isRead = true;
    // A modal question would keep them from reading it.
    const goOn = l10n.t('Answer');
    const read = host.dialogs.notify('info', l10n.t('Read it to its end, then answer.'), goOn);
    if ((await Promise.race([read, end])) === null) return hasEnded ? 'ended' : 'closed';
  }
  return 'ended';
}
