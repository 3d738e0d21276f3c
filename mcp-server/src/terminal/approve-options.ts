import type { ApproveOptions, Rule, Scope } from '@countersign/shared/approval';
import { parseReference } from '@countersign/shared/approval';
import { cleanLine } from '@countersign/shared/text';
import * as z from 'zod';
import { approveInput, denyInput } from '../tools/decision-input.ts';
import { UsageError } from './usage-error.ts';

/** The options of `approve` as they were typed. */
export interface RawApproveOptions {
  readonly matching?: string;
  readonly existing?: string;
  /** `true`: without a name. */
  readonly new?: string | true;
  readonly by?: Rule['by'];
  readonly path?: string;
  readonly process?: string;
  readonly certificate?: string;
  readonly createdBy?: string;
  readonly mode?: string;
  readonly scope?: string;
  readonly group?: string;
  readonly elevation?: string;
  readonly hours?: number;
  readonly expires?: string;
  readonly ticket?: string;
  readonly comment?: string;
  readonly notify?: string;
}

/** As assistants' input, but that a new application may do without a name, and takes the file's. */
const approveOptions = z.strictObject({
  ...approveInput,
  application: z.union([approveInput.application, z.strictObject({ use: z.literal('new') })]),
});

/** What was asked for, with nothing left out and nothing guessed. @throws UsageError */
export function approveOptionsOf(raw: RawApproveOptions): ApproveOptions {
  const { expires, ticket, comment, notify } = raw;
  return checked(
    approveOptions,
    withoutUndefined({
      application: applicationOf(raw),
      rule: ruleOf(raw),
      scope: scopeOf(raw),
      elevation: elevationOf(raw),
      expires,
      ticket,
      comment,
      notify,
    }),
  );
}

/** @throws UsageError */
export function denyOptionsOf(options: { readonly reason: string; readonly notify?: string }) {
  return checked(z.strictObject(denyInput), withoutUndefined(options));
}

function applicationOf({ matching, existing, new: isNew }: RawApproveOptions) {
  if (matching !== undefined) return { use: 'matching', id: matching };
  if (existing !== undefined) return { use: 'existing', id: existing };
  if (isNew === undefined) return undefined;
  if (isNew === true) return { use: 'new' };
  if (parseReference(isNew)) {
    throw new UsageError(
      `"--new" took ${cleanLine(isNew, 100)} for the application's name. Put the references first, or end with "--new".`,
    );
  }
  return { use: 'new', name: isNew };
}

const OF_PROPERTIES = ['path', 'process', 'certificate', 'createdBy'] as const;

function ruleOf(raw: RawApproveOptions) {
  const { by, mode, path, process, certificate, createdBy } = raw;
  const stray = OF_PROPERTIES.find((name) => raw[name] !== undefined);
  if (stray !== undefined && by !== 'properties') {
    throw new UsageError(`"${flagOf(stray)}" belongs to a rule by properties: add "--by properties".`);
  }
  if (mode !== undefined && by !== 'maintenance') {
    throw new UsageError('"--mode" belongs to a maintenance mode: add "--by maintenance".');
  }
  if (by === 'maintenance' && mode === undefined) {
    throw new UsageError('"--by maintenance" needs a mode: "--mode installation", "learning" or "monitor".');
  }
  switch (by) {
    case undefined:
      return undefined;
    case 'hash':
      return { by };
    case 'maintenance':
      return { by, mode };
    case 'properties':
      return withoutUndefined({ by, path, process, certificate, createdBy });
    default:
      return by satisfies never;
  }
}

function scopeOf({ scope, group }: RawApproveOptions): Scope | undefined {
  if (group !== undefined) return { group };
  if (scope === undefined || scope === 'computer' || scope === 'organization') return scope;
  if (scope.startsWith('group:')) return { group: scope.slice('group:'.length) };
  throw new UsageError('"--scope" takes computer, organization, or group: and the group\'s id.');
}

function elevationOf({ elevation: mode, hours }: RawApproveOptions) {
  if (mode !== undefined) return withoutUndefined({ mode, hours });
  if (hours === undefined) return undefined;
  throw new UsageError(
    '"--hours" says how long an elevation lasts: add "--elevation elevate" or "--elevation silent".',
  );
}

function checked<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new UsageError(issue ? sentenceOf(issue, value) : 'These options say nothing that can be decided.');
}

/** Which option it is about, and what it takes. */
function sentenceOf(issue: z.core.$ZodIssue, value: unknown): string {
  const at = issue.path.map(String);
  const chosen = WITH_APPLICATION.safeParse(value);
  const name =
    at[0] === 'application' && chosen.success
      ? chosen.data.application.use
      : at[0] === 'scope'
        ? 'group'
        : (at.at(-1) ?? '');
  return `"${flagOf(name)}" ${takes(issue)}.`;
}

const WITH_APPLICATION = z.object({ application: z.object({ use: z.string() }) });

function takes(issue: z.core.$ZodIssue): string {
  // Of a choice between several, the last is what the option is about.
  if (issue.code === 'invalid_union') {
    const inner = issue.errors.flat().at(-1);
    if (inner) return takes(inner);
  }
  if (issue.code === 'too_big') return `takes ${issue.maximum} characters at most`;
  if (issue.code === 'too_small') return 'must not be empty';
  if (issue.code === 'invalid_format' && issue.format === 'guid') {
    return 'takes an id, as "countersign show --json" lists them';
  }
  if (issue.code === 'invalid_format' && issue.format === 'datetime') {
    return 'takes an instant with its offset, such as 2027-01-31T17:00:00+01:00';
  }
  return `can't be taken: ${cleanLine(issue.message, 300)}`;
}

function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
}
