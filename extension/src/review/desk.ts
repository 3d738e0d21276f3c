import type { ApproveOptions, Decision, DenyOptions } from '@countersign/shared/approval';
import type { DecisionResult } from '@countersign/shared/decide';
import type { PermitOptions } from '@countersign/shared/provider';
import * as l10n from '@vscode/l10n';
import { denyOptionsOf, templatesOf } from './form/deny-controls.ts';
import { emptyDraft, firstDraft, settled } from './form/draft.ts';
import type { Offers } from './form/offers.ts';
import { type Problem, permitOptionsOf } from './form/permit-options.ts';
import type { Draft, DraftField, PageVerdict } from './messages.ts';
import type { Readings, Whole } from './reader.ts';

/** What somebody chooses and types on a page before they decide. */
export interface Desk {
  readonly draft: Draft;
  readonly revision: number;
  /** `null`: there is nothing to choose, or it was not read. */
  readonly offers: Offers | null;
  readonly problems: readonly Problem[];
  /** What can be chosen, as it was read; what was typed before stays. */
  lay(readings: Readings): void;
  /** The page's fields, as they stand there. */
  take(draft: Draft, revision: number): void;
  changed(field: DraftField): void;
  /** Applications that a search found; the one that is chosen stays among them. */
  found(options: PermitOptions): void;
  /** Choices that planning asked for. */
  ask(choices: NonNullable<DecisionResult['choices']>): void;
  /** `null`: something is missing, and `problems` says what. */
  decision(verdict: PageVerdict, whole: Whole, now: number): Decision | null;
}

/** @param templates the person's own reasons to deny */
export function createDesk(templates: () => readonly string[]): Desk {
  let draft = emptyDraft;
  let revision = 0;
  let offers: Offers | null = null;
  let problems: readonly Problem[] = [];
  let laid: PermitOptions | null = null;

  const missing = (...found: readonly Problem[]) => {
    problems = found;
    return null;
  };

  const approval = ({ entry, request }: Whole, now: number): ApproveOptions | null => {
    if (request.unapprovable !== null) return missing({ field: 'preset', message: request.unapprovable });
    if (!entry.provider.capabilities.permitOptions) return {};
    if (!offers) return missing({ field: 'preset', message: l10n.t('How it could be approved was not read yet.') });
    const drafted = permitOptionsOf(draft, offers, now);
    return drafted.kind === 'whole' ? drafted.options : missing(...drafted.problems);
  };

  const denial = ({ entry }: Whole): DenyOptions | null =>
    denyOptionsOf(draft, entry.provider.name) ??
    missing({ field: 'reason', message: l10n.t('A denial needs a reason.') });

  return {
    get draft() {
      return draft;
    },
    get revision() {
      return revision;
    },
    get offers() {
      return offers;
    },
    get problems() {
      return problems;
    },
    lay: ({ whole, options }) => {
      const read = whole.kind === 'read' && options?.kind === 'read' ? options.value : null;
      if (read === laid || whole.kind !== 'read') return;
      laid = read;
      offers = read && { request: whole.value.request, options: read, asked: [] };
      if (offers) draft = firstDraft(draft, offers);
    },
    take: (taken, at) => {
      draft = taken;
      revision = at;
    },
    changed: (field) => {
      problems = problems.filter((problem) => problem.field !== field);
      const template = draft.template === '' ? undefined : templatesOf(templates())[Number(draft.template)];
      if (field === 'template' && template !== undefined) draft = { ...draft, reason: template };
      if (offers) draft = settled(draft, field, offers);
    },
    found: (options) => {
      if (!offers) return;
      const chosen = offers.options.existing.filter(({ id }) => id === draft.existing);
      const others = options.existing.filter(({ id }) => id !== draft.existing);
      offers = { ...offers, options: { ...offers.options, existing: [...chosen, ...others] } };
    },
    ask: (asked) => {
      if (!offers) return;
      offers = { ...offers, asked };
      draft = { ...draft, preset: '' };
    },
    decision: (verdict, whole, now) => {
      problems = [];
      switch (verdict) {
        case 'approve': {
          const options = approval(whole, now);
          return options && { verdict, options };
        }
        case 'deny': {
          const options = denial(whole);
          return options && { verdict, options };
        }
        case 'take-ownership':
          return { verdict };
        default:
          return verdict satisfies never;
      }
    },
  };
}
