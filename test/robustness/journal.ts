import type { Attribution, Plan } from '@countersign/shared/approval';

/** A line of the journal with its content read. */
export interface Line {
  readonly seq: number;
  readonly decision: string;
  readonly phase: string;
  /** Empty where the line is about a whole decision. */
  readonly request: string;
  readonly data: {
    readonly plan?: Plan;
    readonly digest?: string;
    readonly channel?: string;
    readonly status?: string;
    readonly attribution?: Attribution;
    readonly decidedBy?: string;
    readonly message?: string;
    readonly mayStillApply?: true;
  };
}

interface RawLine extends Omit<Line, 'data'> {
  readonly data: string;
}

export function lineOf({ seq, decision, phase, request, data }: RawLine): Line {
  return { seq, decision, phase, request, data: JSON.parse(data) as Line['data'] };
}

/** What the journal says of one decision on one request. */
export interface Story {
  readonly decision: string;
  readonly request: string;
  readonly plan: Plan;
  readonly digest: string;
  readonly planned: Line;
  readonly confirmed: Line | null;
  readonly executing: readonly Line[];
  /** Its outcomes in order; the last one counts. */
  readonly outcomes: readonly Line[];
}

const STEPS = new Set(['planned', 'confirmed', 'executing']);

/** One story for each target of each decision. */
export function storiesIn(lines: readonly Line[]): readonly Story[] {
  return lines.flatMap((planned): readonly Story[] => {
    const { plan, digest } = planned.data;
    if (planned.phase !== 'planned' || plan === undefined || digest === undefined) return [];
    const own = lines.filter(({ decision }) => decision === planned.decision);
    return plan.targets.map(({ request }) => {
      const about = own.filter((line) => line.request === request || line.request === '');
      return {
        decision: planned.decision,
        request,
        plan,
        digest,
        planned,
        confirmed: about.find(({ phase }) => phase === 'confirmed') ?? null,
        executing: about.filter(({ phase }) => phase === 'executing'),
        outcomes: about.filter(({ phase }) => !STEPS.has(phase)),
      };
    });
  });
}

/** What became of it, as the journal has it; `null` while it is open. */
export function endOf({ outcomes }: Story): (Line['data'] & { readonly status: string }) | null {
  const last = outcomes.at(-1);
  if (!last) return null;
  return { ...last.data, status: last.phase === 'reconciled' ? (last.data.status ?? '') : last.phase };
}
