import { PROVIDER_NAMES } from '@countersign/shared/approval';
import type { AccountEntry } from '@countersign/shared/provider';
import type { SourceNow, StaleSource } from '@countersign/shared/queue';
import { cleanLine, formatAge } from '@countersign/shared/text';
import { asOf } from '../../present/source.ts';
import { type Fact, facts } from '../layout.ts';
import { type Output, painted } from '../output.ts';
import { SANDBOX_HINT } from './words.ts';

/**
 * One account a line: what waits there, or why that can't be said.
 *
 * @param isLive whether it stands there for longer, so that it says how old it is
 */
export function sourceLines(
  output: Output,
  entries: readonly AccountEntry[],
  sources: readonly SourceNow[],
  now: number,
  isLive = false,
): readonly string[] {
  return facts(
    output,
    sources.flatMap((source) => {
      const account = entries.find((entry) => entry.account.id === source.account)?.account;
      const label = account && account.label !== account.id ? ` "${cleanLine(account.label, 60)}"` : '';
      const about = account
        ? `${account.sandbox ? `${painted(output, 'yellow', 'SANDBOX')} ` : ''}${PROVIDER_NAMES[account.provider]}${label}: `
        : '';
      return stateFacts(output, source, about, { isSandbox: account?.sandbox ?? false, isLive, now });
    }),
    '',
  );
}

function stateFacts(
  output: Output,
  source: SourceNow,
  about: string,
  { isSandbox, isLive, now }: { readonly isSandbox: boolean; readonly isLive: boolean; readonly now: number },
): readonly Fact[] {
  const fact = (text: string) => ({ label: source.account, text: `${about}${text}` });
  const notes = 'notes' in source ? source.notes : [];
  const noteFacts = notes.map((note) => ({ label: '', text: `Note: ${cleanLine(note, 500)}` }));
  switch (source.state) {
    case 'loading':
      return [fact('reading …')];
    case 'ready': {
      const age = isLive ? `, read ${ago(now - Date.parse(source.at))}` : '';
      const waiting = source.requests.length === 0 ? 'nothing waits' : `${source.requests.length} wait`;
      return [fact(`${waiting}${age}`), ...noteFacts];
    }
    case 'stale': {
      const age = `STALE, ${asOf(source.at, now)}.`;
      const error = source.error ? ` It could not be read now: ${errorText(source.error, isSandbox)}` : '';
      return [fact(`${painted(output, 'yellow', age)} ${source.requests.length} waited then.${error}`), ...noteFacts];
    }
    case 'failed':
    case 'signed-out': {
      const what = source.state === 'signed-out' ? 'NOT READ, the secret is missing or refused.' : 'NOT READ.';
      return [fact(`${painted(output, 'red', what)} ${errorText(source.error, isSandbox)}`)];
    }
    default:
      return source satisfies never;
  }
}

function ago(ms: number): string {
  return ms < 100_000 ? `${Math.max(0, Math.floor(ms / 1000))} s ago` : `${formatAge(ms)} ago`;
}

function errorText({ kind, message }: NonNullable<StaleSource['error']>, isSandbox: boolean): string {
  return `${cleanLine(message, 500)}${isSandbox && kind === 'network' ? ` ${SANDBOX_HINT}` : ''}`;
}
