import { SettingsError } from '@countersign/shared/account';
import { exportedLine, headText, LedgerError, type OpenLedger, parseHead } from '@countersign/shared/ledger';
import { cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import { type SigningKeys, show, whyNoKey } from '../confirm/index.ts';
import type { CommandHandlers, Host } from '../host/index.ts';
import type { Runtime } from '../runtime.ts';
import { afterMistake, appliedTargets } from './after-mistake.ts';
import { decisionIn } from './decision-node.ts';
import { exportJournal } from './export.ts';

export type JournalCommands = Pick<
  CommandHandlers,
  'copyJournalLine' | 'afterMistake' | 'exportJournal' | 'verifyJournal' | 'copyApproverKey'
>;

/** Where this profile of the editor remembers the head of the last verification that found no flaw. */
const HEAD = 'journalHead';
const HEAD_SHAPE = '1200:0a1b2c…';

export function createJournalCommands(host: Host, runtime: Runtime, keys: SigningKeys): JournalCommands {
  /** Says why where the ledger can't be used. */
  async function withLedger(work: (ledger: OpenLedger) => Promise<void>): Promise<void> {
    const problem = runtime.whyNoLedger();
    if (problem !== null) return show(host, 'error', problem.message);
    const ledger = runtime.ledger();
    if (ledger === null) return;
    try {
      await work(ledger);
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      show(host, 'error', error.message);
    }
  }

  async function verified(ledger: OpenLedger): Promise<void> {
    const asked = await host.dialogs.input({
      title: l10n.t('Verify Journal'),
      prompt: l10n.t(
        'A head that you kept shows whether anything was cut off since. The one of the last verification is filled in; leave it empty to check without one.',
      ),
      placeholder: HEAD_SHAPE,
      value: host.memory.get<string>(HEAD) ?? '',
      validate: (text) =>
        text.trim() === '' || parseHead(text.trim())
          ? null
          : l10n.t('A head is a number, a colon and 64 hexadecimal digits.'),
    });
    if (asked.kind !== 'done') return;
    const known = parseHead(asked.value.trim()) ?? undefined;
    const { lines, flaws } = await host.dialogs.progress(l10n.t('Verifying the journal'), false, async () => {
      const head = await ledger.head();
      const found = (await ledger.verify(known)).map(({ message }) => message);
      return { lines: head, flaws: [...(ledger.damage === null ? [] : [ledger.damage]), ...found] };
    });
    if (flaws.length === 0) {
      // Kept out of the ledger, so that a journal that is cut off at its end shows; only here, where it was found whole.
      await host.memory.update(HEAD, headText(lines));
      const copy = l10n.t('Copy Head');
      const kept = headText(lines);
      const message = l10n.t('{0} lines, none of them changed. Head of the journal: {1}', lines.seq, kept);
      return show(host, 'info', message, { [copy]: () => host.clipboard.write(kept) });
    }
    const [first = ''] = flaws;
    const all = `${flaws.join('\n')}\n`;
    const message =
      flaws.length === 1
        ? l10n.t('The journal is not what it was. {0}', first)
        : l10n.t('The journal is not what it was: {0} flaws. {1}', flaws.length, first);
    show(host, 'error', message, { [l10n.t('Show All')]: () => host.openText(all) });
  }

  async function exported(ledger: OpenLedger): Promise<void> {
    const file = await host.dialogs.saveFile(l10n.t('Export the Journal'), 'countersign-journal.jsonl');
    if (file === null) return;
    try {
      const head = await host.dialogs.progress(l10n.t('Exporting the journal'), false, () =>
        exportJournal(ledger, file),
      );
      const copy = l10n.t('Copy Head');
      const message = l10n.t(
        '{0} lines were exported. Keep this head elsewhere, for "countersign journal verify --head": {1}',
        head.seq,
        headText(head),
      );
      show(host, 'info', message, { [copy]: () => host.clipboard.write(headText(head)) });
    } catch (error) {
      if (!(error instanceof Error && 'syscall' in error && 'code' in error)) throw error;
      show(
        host,
        'error',
        l10n.t('{0} could not be written ({1}), so there is no export.', cleanLine(file), String(error.code)),
      );
    }
  }

  return {
    verifyJournal: () => withLedger(verified),
    exportJournal: () => withLedger(exported),
    copyJournalLine: async (clicked) => {
      const record = decisionIn(clicked);
      if (record === null) return;
      await withLedger(async (ledger) => {
        const lines = await ledger.lines(record.plan.decision);
        await host.clipboard.write(`${lines.map(exportedLine).join('\n')}\n`);
        show(host, 'info', l10n.t('{0} lines of the journal were copied, whole, as they are exported.', lines.length));
      });
    },
    afterMistake: async (clicked) => {
      const record = decisionIn(clicked);
      if (record === null) return;
      const entries = await runtime.book.now().catch((error: unknown) => {
        if (error instanceof SettingsError) return null;
        throw error;
      });
      const effects = appliedTargets(record).flatMap((target) => {
        const effect = entries?.of(target.request)?.provider.describe(target);
        return effect ? [effect.summary, ...effect.details, l10n.t('Reach: {0}', effect.reach.sentence)] : [];
      });
      const sent =
        effects.length > 0
          ? effects
          : [l10n.t("Its account isn't known in this editor any more; the journal has the write whole.")];
      await host.openText(afterMistake(record, sent));
    },
    copyApproverKey: async () => {
      const key = await keys.get();
      if (key === null) return show(host, 'error', whyNoKey());
      await host.clipboard.write(key.publicKey.text);
      const message = l10n.t(
        'The approver key of this editor was copied; it is public: {0}. A server that this editor does not start asks you here once its accounts file lists the key in "approverKeys", under "confirmation". From then on it takes only signed answers, and those at a terminal.',
        key.publicKey.text,
      );
      show(host, 'info', message);
    },
  };
}
