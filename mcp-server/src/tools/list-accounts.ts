import { readSources } from '@countersign/shared/queue';
import * as z from 'zod';
import { sourceOf, sourceState } from '../present/source.ts';
import { defineTool } from './tool.ts';

export const listAccounts = defineTool({
  name: 'list_accounts',
  title: 'List accounts',
  description:
    'Lists the configured ThreatLocker and Admin By Request accounts: what can be done with each, whether its queue can be read, and how many requests wait. Use it first, or when a queue seems to be missing. It does not show the requests themselves; list_pending does.',
  input: z.strictObject({}),
  output: z.object({
    accounts: z.array(
      z.object({
        account: z.string(),
        label: z.string(),
        provider: z.string(),
        sandbox: z.boolean(),
        mayPropose: z.boolean(),
        can: z.array(z.string()),
        source: sourceState,
        pending: z.number().nullable(),
        quota: z.object({ used: z.number(), limit: z.number() }).optional(),
      }),
    ),
  }),
  writes: 'nothing',
  handle: async (_input, { accounts, runtime, signal }) => {
    const sources = await readSources(accounts.entries, runtime.now, signal);
    const rows = accounts.entries.map(({ account, provider }, index) => {
      const source = sources[index];
      const quota = provider.quota?.();
      return {
        account: account.id,
        label: account.label,
        provider: account.provider,
        sandbox: account.sandbox,
        mayPropose: account.assistants === 'propose',
        can: [
          'approve',
          'deny',
          ...(provider.capabilities.takeOwnership ? ['take ownership'] : []),
          ...(provider.capabilities.permitOptions ? ['permit options'] : []),
        ],
        source: source ? sourceOf(source) : { account: account.id, state: 'loading' },
        pending: source?.state === 'ready' ? source.requests.length : null,
        ...(quota ? { quota: { ...quota } } : {}),
      };
    });
    const text = rows.map(({ account, label, provider, sandbox, mayPropose, source, pending }) => {
      const known = [`${pending} wait`, ...(source.notes ?? [])].join('. ');
      const state = pending === null ? `${source.state}: ${source.error?.message ?? 'not read'}` : known;
      return `- ${account}${label === account ? '' : ` (${label})`} · ${provider}${sandbox ? ' · SANDBOX' : ''} · ${state}${mayPropose ? '' : ' · read only'}`;
    });
    return { structured: { accounts: rows }, text: text.join('\n') || 'No account is open to assistants.' };
  },
});
