import type { DecisionResult } from '@countersign/shared/decide';
import type { TargetOutcome } from '@countersign/shared/ledger';
import { cleanLine } from '@countersign/shared/text';
import { hanging, wrapped } from '../layout.ts';
import { type Output, painted } from '../output.ts';

const MESSAGE_MAX = 1_000;

/** How a decision ended: for each of its requests where there are several, and the journal's head after it. */
export function endLines(output: Output, { message, targets, journal }: DecisionResult): readonly string[] {
  const [only] = targets;
  return [
    ...wrapped(output, cleanLine(message, MESSAGE_MAX)),
    ...(targets.length > 1
      ? targets.flatMap((target) => hanging(output, targetText(target), '  ', '    '))
      : only
        ? wrapped(output, vendorsWord(only))
        : []),
    ...(journal ? [painted(output, 'dim', `Journal head: ${journal}`)] : []),
  ].filter((line) => line !== '');
}

function targetText(target: TargetOutcome): string {
  const { request, status, message } = target;
  return `${request}: ${status}. ${cleanLine(message, MESSAGE_MAX)} ${vendorsWord(target)}`.trimEnd();
}

/** Whom the vendor names where it wasn't us, unless the message has said it. */
function vendorsWord({ decidedBy, attribution, message }: TargetOutcome): string {
  if (decidedBy === undefined || attribution === 'ours' || message.includes(decidedBy)) return '';
  return `The vendor's record names ${cleanLine(decidedBy, 100)}.`;
}
