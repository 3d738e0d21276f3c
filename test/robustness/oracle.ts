import { planDigest } from '@countersign/shared/approval';
import { endOf, type Line, type Story, storiesIn } from './journal.ts';
import { RIVAL, type SeenWrite, type Truth } from './stage.ts';

/** All that can be known of a run from outside: what the vendor holds and saw, and what the journal says. */
export interface Evidence {
  readonly truth: readonly Truth[];
  readonly writes: readonly SeenWrite[];
  readonly journal: readonly Line[];
  /** What the journal's own verification found. */
  readonly flaws: readonly string[];
  /** How often a person said yes. */
  readonly yeses: number;
}

/** Everything in which the vendor and the journal don't agree; empty is as it should be. */
export function complaintsAbout(evidence: Evidence): readonly string[] {
  const stories = storiesIn(evidence.journal);
  const sent = evidence.writes.map((seen) => ({ seen, story: senderOf(seen, stories) }));
  return [
    ...evidence.flaws.map((flaw) => `the journal does not verify: ${flaw}`),
    ...sent.flatMap(({ seen, story }) => complaintsAboutWrite(seen, story)),
    ...stories.flatMap((story) => {
      const own = sent.filter((entry) => entry.story === story).map(({ seen }) => seen);
      return complaintsAboutStory(story, own, evidence).map(
        (complaint) => `decision ${story.decision} on ${story.request}: ${complaint}`,
      );
    }),
    ...evidence.truth.flatMap((target) => complaintsAboutTruth(target, evidence.writes)),
    ...confirmations(evidence),
  ];
}

/** Whose write it was: the decision that had its intent on record for this request, and no outcome yet. */
function senderOf({ write, journal }: SeenWrite, stories: readonly Story[]): Story | null {
  const then = storiesIn(journal).filter(
    (story) =>
      write.requestIds.some((id) => story.request.endsWith(`/${id}`)) &&
      story.executing.length > 0 &&
      endOf(story) === null,
  );
  const [only, ...others] = then;
  if (!only || others.length > 0) return null;
  return stories.find(({ decision, request }) => decision === only.decision && request === only.request) ?? null;
}

function complaintsAboutWrite({ write, journal }: SeenWrite, story: Story | null): readonly string[] {
  const what = `${write.method} ${write.url}`;
  if (write.requestIds.length !== 1) return [`${what} is about ${write.requestIds.length} requests`];
  if (!story) return [`${what} left, and no intent, or more than one, was on record for it`];
  const then = storiesIn(journal).find(
    ({ decision, request }) => decision === story.decision && request === story.request,
  );
  const { plan, digest, planned, confirmed, executing } = then ?? story;
  const target = plan.targets.find(({ request }) => request === story.request);
  const [begun] = executing;
  return [
    ...(confirmed === null ? [`${what} left without a countersignature`] : []),
    ...(executing.length > 1 ? [`${what}: begun ${executing.length} times`] : []),
    ...(confirmed && begun && planned.seq < confirmed.seq && confirmed.seq < begun.seq
      ? []
      : [`${what}: planned, confirmed and begun in another order`]),
    ...(planDigest(plan) === digest ? [] : [`${what}: the plan has another digest than the one confirmed`]),
    ...(target?.write.method === write.method &&
    target.write.path === write.url &&
    (target.write.body ?? '') === write.body
      ? []
      : [`${what} is not what was planned`]),
    ...(plan.verdict === write.verdict ? [] : [`${what} would ${write.verdict}, and the plan was to ${plan.verdict}`]),
  ];
}

function complaintsAboutStory(story: Story, own: readonly SeenWrite[], { truth }: Evidence): readonly string[] {
  const end = endOf(story);
  const isBegun = story.executing.length > 0;
  const complaints: string[] = [];
  if (own.length > 1) complaints.push(`sent ${own.length} times`);
  if (story.confirmed !== null && end === null) complaints.push('confirmed, and never brought to an end');
  if (isBegun && story.confirmed === null) complaints.push('begun, and never confirmed');
  if (end === null) return complaints;
  const settled = story.outcomes.filter(({ phase, data }, index) => {
    const isLast = index === story.outcomes.length - 1;
    const status = phase === 'reconciled' ? data.status : phase;
    // What is unknown, or may still take effect, is looked at again.
    return status !== 'unknown' && (isLast || !data.mayStillApply);
  });
  if (settled.length > 1) complaints.push(`${settled.length} ends: ${settled.map(({ phase }) => phase).join(', ')}`);
  const isOurs = own.some(({ write }) => write.effect === 'applied');
  const held = truth.find(({ reference }) => reference === story.request);
  if (end.status === 'unknown') {
    complaints.push('unknown, although the vendor can be read');
    return complaints;
  }
  if (isOurs) {
    if (end.status !== 'applied') complaints.push(`took effect, and ended as ${end.status}`);
    else if (end.attribution !== 'ours') complaints.push(`took effect, and is said to be ${end.attribution}`);
  } else if (end.status === 'applied') {
    complaints.push(`ended as applied by ${end.decidedBy} (${end.attribution}), and no write of it took effect`);
  }
  if (end.status === 'already-handled') {
    if (held?.by === null) complaints.push('already handled, and it still waits');
    if (held?.by === 'rival' && !`${end.decidedBy} ${end.message}`.includes(RIVAL))
      complaints.push(`already handled, by ${end.decidedBy} instead of the rival`);
    if (end.attribution === 'ours') complaints.push("somebody else's decision is called ours");
  }
  if (
    own.length > 0 &&
    !isOurs &&
    held?.by === 'rival' &&
    end.status !== 'already-handled' &&
    !cameLater(own, end.status)
  )
    complaints.push(`the rival was first, and it ended as ${end.status}`);
  if (own.length > 0 && /Nothing was sent/.test(end.message ?? ''))
    complaints.push('sent, and it says that nothing was');
  return complaints;
}

/** A write that was cut off found nobody there before it; the rival may have come after the reading. */
function cameLater(own: readonly SeenWrite[], status: string): boolean {
  return status === 'not-applied' && own.every(({ write }) => write.why?.startsWith('fault '));
}

function complaintsAboutTruth(target: Truth, writes: readonly SeenWrite[]): readonly string[] {
  const effects = writes.filter(({ write }) => write.requestIds.includes(target.id) && write.effect === 'applied');
  if (effects.length > 1) return [`${target.reference} was decided ${effects.length} times`];
  if (effects.length === 1 && target.by !== 'us') return [`${target.reference} took our decision and doesn't show it`];
  if (effects.length === 0 && target.by === 'us') return [`${target.reference} is decided by us without a write`];
  return [];
}

function confirmations({ journal, yeses }: Evidence): readonly string[] {
  const confirmed = journal.filter(({ phase }) => phase === 'confirmed').length;
  return confirmed > yeses ? [`${confirmed} decisions are confirmed, and a person said yes ${yeses} times`] : [];
}
