import { nodeIo, parseSettings } from '@countersign/shared/account';
import { createDecisions } from '@countersign/shared/decide';
import { createAccountBook, createProvider } from '@countersign/shared/provider';
import type { Sandbox } from '@countersign/shared/sandbox';
import { openLedgerIn } from '../../support/ledger.ts';
import { accountsFile, KEY_VARIABLE, TOKEN_VARIABLE } from '../../support/world.ts';

/** A denial by a person at a terminal, on the ledger in a folder, as another process of the same user makes it. @returns its id */
export async function decideHere(sandbox: Sandbox, folder: string, request: string): Promise<string> {
  const env = {
    [TOKEN_VARIABLE]: sandbox.threatLocker.token,
    [KEY_VARIABLE]: sandbox.adminByRequest.apiKey,
  };
  const io = { ...nodeIo(), env };
  const settings = parseSettings(accountsFile(sandbox), 'accounts.json');
  const book = createAccountBook(
    async () => settings,
    (account) => createProvider(account, { fetch, io, userAgent: 'countersign-test/0' }),
  );
  const ledger = openLedgerIn(folder);
  try {
    const decisions = createDecisions({ book, openLedger: () => ledger, verifyDelays: [0] });
    const planning = await decisions.plan({
      requests: [request],
      decision: { verdict: 'deny', options: { reason: 'Not needed.' } },
      proposer: { client: 'a test', name: 'a test' },
      mayDecide: () => true,
      route: () => ({ channel: 'terminal', because: null }),
    });
    if (!planning.planned) throw new Error(planning.result.message);
    const { plan, digest } = planning.decision;
    const answer = { kind: 'typed', text: plan.confirmText } as const;
    const who = { channel: 'terminal', who: 'kim, at a terminal' } as const;
    const { status, message } = await decisions.answer(plan.decision, digest, answer, who);
    if (status !== 'applied') throw new Error(message);
    return plan.decision;
  } finally {
    ledger.close();
  }
}
