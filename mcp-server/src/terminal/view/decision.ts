import type { Effect, Reach } from '@countersign/shared/approval';
import type { PlannedDecision } from '@countersign/shared/decide';
import { cleanLine } from '@countersign/shared/text';
import { facts, wrapped } from '../layout.ts';
import { type Output, painted } from '../output.ts';

const EFFECT_MAX = 1_000;

/** What a plan would do, told from its writes. */
export function effectLines(output: Output, { effects }: PlannedDecision): readonly string[] {
  return effects.flatMap(({ request, effect, sandbox }) => [
    ...oneEffect(output, effect),
    ...wrapped(output, `Request: ${request}${sandbox ? ' (SANDBOX)' : ''}`, '  '),
  ]);
}

function oneEffect(output: Output, { summary, details, reach }: Effect): readonly string[] {
  return [
    ...wrapped(output, cleanLine(summary, EFFECT_MAX), '  ').map((line) => painted(output, 'bold', line)),
    ...details.flatMap((detail) => wrapped(output, cleanLine(detail, EFFECT_MAX), '  ')),
    ...wrapped(output, reachText(reach), '  '),
  ];
}

export function choiceLines(
  output: Output,
  choices: readonly { readonly label: string; readonly reach: Reach }[],
): readonly string[] {
  return facts(
    output,
    choices.map(({ label, reach }, index) => ({
      label: String(index + 1),
      text: `${cleanLine(label, EFFECT_MAX)}\n${reachText(reach)}`,
    })),
  );
}

function reachText({ sentence }: Reach): string {
  return `Reach: ${cleanLine(sentence, EFFECT_MAX)}`;
}
