import type { Effect, Reach } from '@countersign/shared/approval';
import type { PlannedDecision } from '@countersign/shared/decide';
import { cleanLine } from '@countersign/shared/text';
import { facts, hanging } from '../layout.ts';
import { type Output, painted } from '../output.ts';

const EFFECT_MAX = 1_000;

/** What a plan would do, told from its writes. */
export function effectLines(output: Output, { effects }: PlannedDecision): readonly string[] {
  return effects.flatMap((effect) => oneEffectLines(output, effect));
}

/** What a plan would do to one of its requests. */
export function oneEffectLines(
  output: Output,
  { request, effect, sandbox }: PlannedDecision['effects'][number],
): readonly string[] {
  return [...oneEffect(output, effect), ...line(output, `Request: ${request}${sandbox ? ' (SANDBOX)' : ''}`)];
}

function oneEffect(output: Output, { summary, details, reach }: Effect): readonly string[] {
  return [
    ...line(output, cleanLine(summary, EFFECT_MAX)).map((part) => painted(output, 'bold', part)),
    ...details.flatMap((detail) => line(output, cleanLine(detail, EFFECT_MAX))),
    ...line(output, reachText(reach)),
  ];
}

/** What wraps stands deeper than what begins. */
function line(output: Output, text: string): readonly string[] {
  return hanging(output, text, '  ', '    ');
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
