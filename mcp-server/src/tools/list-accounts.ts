import type { Source } from '@countersign/shared/queue';
import * as z from 'zod';
import { asReadText, sourceOf, sourceState, staleText } from '../present/source.ts';
import { defineTool } from './tool.ts';

export const listAccounts = defineTool({
  name: 'list_accounts',
  title: 'List accounts',
  description:
    'Lists the accounts: what can be done with each, whether its queue can be read, how many requests wait. Use it first, or when a queue seems to be missing.',
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
    const sources = await runtime.queues.read(accounts.entries, signal);
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
    const text = rows.map(({ account, label, provider, sandbox, mayPropose }, index) => {
      const state = stateText(sources[index], runtime.now());
      return `- ${account}${label === account ? '' : ` (${label})`} · ${provider}${sandbox ? ' · SANDBOX' : ''} · ${state}${mayPropose ? '' : ' · read only'}`;
    });
    return { structured: { accounts: rows }, text: text.join('\n') || 'No account is open to assistants.' };
  },
});

function stateText(source: Source | undefined, now: number): string {
  switch (source?.state) {
    case undefined:
      return 'loading: not read';
    case 'ready':
      return [`${source.requests.length} wait${asReadText([source], now)}`, ...source.notes].join('. ');
    case 'stale':
      return staleText(source, now);
    case 'failed':
    case 'signed-out':
      return `${source.state}: ${source.error.message}`;
    default:
      return source satisfies never;
  }
}
