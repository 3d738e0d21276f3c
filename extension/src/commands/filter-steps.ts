import { type ApprovalRequest, KINDS } from '@countersign/shared/approval';
import { ASSIGNED, requestsIn } from '@countersign/shared/queue';
import { cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { Host, Step, StepPlace } from '../host/index.ts';
import { inSteps } from '../host/index.ts';
import type { QueueState } from '../queue/index.ts';
import { assignedName, filterText, isFiltering, NO_FILTER, type PendingFilter } from '../views/pending/index.ts';
import { gravestName, kindName } from '../views/words.ts';

type Aspect = keyof PendingFilter;

interface Answers {
  readonly filter: PendingFilter;
  /** What is asked for next; `null`: nothing any more. */
  readonly aspect: Aspect | null;
}

const TEXT_MAX = 200;
const SEVERITIES = ['stop', 'caution', 'info', 'none'] as const;

/** What of the queue is to be shown, beside what the filter says already. @returns `null`: it was closed */
export async function filterSteps(host: Host, state: QueueState, now: PendingFilter): Promise<PendingFilter | null> {
  const answers = await inSteps<Answers>(l10n.t('Filter'), { filter: now, aspect: null }, () => [
    (_, place) => askAspect(host, now, place),
    ({ filter, aspect }, place) =>
      aspect === null ? Promise.resolve(done(filter)) : askValue(host, state, now, aspect, place),
  ]);
  return answers?.filter ?? null;
}

function done(filter: PendingFilter): Step<Answers> {
  return { kind: 'done', value: { filter, aspect: null } };
}

async function askAspect({ dialogs }: Host, filter: PendingFilter, place: StepPlace): Promise<Step<Answers>> {
  const names: Readonly<Record<Aspect, string>> = {
    text: l10n.t('Text'),
    account: l10n.t('Account'),
    kind: l10n.t('Kind'),
    severity: l10n.t('Severity'),
    assigned: l10n.t('Assignee'),
  };
  return await dialogs.pick<Answers>(
    [
      ...(Object.keys(names) as Aspect[]).map((aspect) => ({
        label: names[aspect],
        ...(filter[aspect] === undefined ? {} : { description: filterText({ [aspect]: filter[aspect] }) }),
        value: { filter, aspect },
      })),
      ...(isFiltering(filter)
        ? [{ label: l10n.t('Show everything again'), value: { filter: NO_FILTER, aspect: null } }]
        : []),
    ],
    { ...place, placeholder: l10n.t('Filter by what?') },
  );
}

async function askValue(
  { dialogs }: Host,
  state: QueueState,
  filter: PendingFilter,
  aspect: Aspect,
  place: StepPlace,
): Promise<Step<Answers>> {
  const waiting = requestsIn(state.sources.filter((source) => source.state !== 'loading'));
  const { [aspect]: before, ...others } = filter;
  const choose = async (values: readonly Value[]): Promise<Step<Answers>> =>
    await dialogs.pick(
      [
        { label: l10n.t('Any'), picked: before === undefined, value: { filter: others, aspect: null } },
        ...values.map(({ label, description, filter: one }) => ({
          label,
          ...(description === undefined ? {} : { description }),
          picked: before !== undefined && one[aspect] === before,
          value: { filter: { ...others, ...one }, aspect: null },
        })),
      ],
      { ...place, placeholder: l10n.t('Which are to be shown?') },
    );
  switch (aspect) {
    case 'text': {
      const typed = await dialogs.input({
        ...place,
        prompt: l10n.t('Found in file, path, hash, computer, requester, reason or reference. Empty: any.'),
        value: filter.text ?? '',
        validate: (text) =>
          text.length > TEXT_MAX ? l10n.t('That is longer than {0} characters. Shorten it.', TEXT_MAX) : null,
      });
      if (typed.kind !== 'done') return typed;
      const text = typed.value.trim();
      return done(text === '' ? others : { ...others, text });
    }
    case 'account':
      return await choose(
        state.entries.map(({ account: { id, label } }) => ({
          label: cleanLine(label, 60),
          description: countText(waiting.filter(({ account }) => account === id)),
          filter: { account: id },
        })),
      );
    case 'kind':
      return await choose(
        KINDS.map((kind) => ({
          label: kindName(kind),
          description: countText(waiting.filter((request) => request.kind === kind)),
          filter: { kind },
        })),
      );
    case 'severity':
      return await choose(SEVERITIES.map((severity) => ({ label: gravestName(severity), filter: { severity } })));
    case 'assigned':
      return await choose(ASSIGNED.map((assigned) => ({ label: assignedName(assigned), filter: { assigned } })));
    default:
      return aspect satisfies never;
  }
}

interface Value {
  readonly label: string;
  readonly description?: string;
  readonly filter: PendingFilter;
}

function countText(requests: readonly ApprovalRequest[]): string {
  return String(requests.length);
}
