import type { AccountEntry } from '@countersign/shared/provider';
import type { Source } from '@countersign/shared/queue';
import { cleanLine } from '@countersign/shared/text';
import { type Fact, facts } from '../layout.ts';
import { type Output, painted } from '../output.ts';
import { PROVIDER_NAMES, SANDBOX_HINT } from './words.ts';

/** One account a line: what waits there, or why that can't be said. */
export function sourceLines(
  output: Output,
  entries: readonly AccountEntry[],
  sources: readonly Source[],
): readonly string[] {
  return facts(
    output,
    sources.flatMap((source) => {
      const account = entries.find((entry) => entry.account.id === source.account)?.account;
      const label = account && account.label !== account.id ? ` "${cleanLine(account.label, 60)}"` : '';
      const about = account
        ? `${account.sandbox ? `${painted(output, 'yellow', 'SANDBOX')} ` : ''}${PROVIDER_NAMES[account.provider]}${label}: `
        : '';
      return stateFacts(output, source, about, account?.sandbox ?? false);
    }),
    '',
  );
}

function stateFacts(output: Output, source: Source, about: string, isSandbox: boolean): readonly Fact[] {
  if (source.state !== 'ready') {
    const hint = isSandbox && source.error.kind === 'network' ? ` ${SANDBOX_HINT}` : '';
    const what = source.state === 'signed-out' ? 'NOT READ, the secret is missing or refused.' : 'NOT READ.';
    return [
      {
        label: source.account,
        text: `${about}${painted(output, 'red', what)} ${cleanLine(source.error.message, 500)}${hint}`,
      },
    ];
  }
  const { requests, notes } = source;
  return [
    { label: source.account, text: `${about}${requests.length === 0 ? 'nothing waits' : `${requests.length} wait`}` },
    ...notes.map((note) => ({ label: '', text: `Note: ${cleanLine(note, 500)}` })),
  ];
}
