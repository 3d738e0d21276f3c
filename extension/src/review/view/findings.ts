import type { Finding } from '@countersign/shared/approval';
import { cleanLine, quoted } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { Block } from '../messages.ts';
import { SEVERITY_TONES, severityText } from './words.ts';

const FACT_MAX = 200;
const WHY_MAX = 500;

/** Something that findings rest on and that is not there. */
export interface Gap {
  readonly what: string;
  /** `null`: it is still being read. */
  readonly why: string | null;
}

/** What a person should notice, gravest first; nothing found is said only of what was looked at. */
export function findingBlocks(findings: readonly Finding[], gaps: readonly Gap[]): readonly Block[] {
  const items = findings.map(({ severity, message, fact }) => ({
    badge: { text: severityText(severity), tone: SEVERITY_TONES[severity] },
    title: cleanLine(message, WHY_MAX),
    lines: [l10n.t('Rests on: {0}', quoted(fact, FACT_MAX))],
  }));
  const nothing =
    gaps.length === 0 ? l10n.t('Nothing was found.') : l10n.t('Nothing was found in what could be looked at.');
  return [
    ...(items.length === 0
      ? [{ kind: 'note', text: nothing, tone: gaps.length === 0 ? 'plain' : 'doubt' } as const]
      : [{ kind: 'items', items } as const]),
    ...gaps.map(({ what, why }): Block => {
      const text =
        why === null
          ? l10n.t('Still being read: {0}.', what)
          : l10n.t('Not looked for: {0}. {1}', what, cleanLine(why, WHY_MAX));
      return { kind: 'note', text, tone: 'doubt' };
    }),
  ];
}
