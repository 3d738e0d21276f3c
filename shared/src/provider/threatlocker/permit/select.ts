import type { ApprovalRequest, ApproveOptions, Rule, Scope } from '../../../approval/index.ts';
import { cleanBlock, cleanLine } from '../../../text/index.ts';
import type { Choice } from '../../provider.ts';
import { isBuiltIn } from '../applications.ts';
import { openChoices } from './choices.ts';
import { covers } from './covers.ts';
import { hiddenChoices } from './hidden-choices.ts';
import type { PermitRecord } from './record.ts';
import {
  type ManualOption,
  NO_OPTION,
  type Offers,
  type SelectedApplication,
  type SelectedRule,
  type SelectedScope,
  type Selection,
} from './selection.ts';

export type SelectionResult =
  | { readonly outcome: 'selected'; readonly selection: Selection }
  | { readonly outcome: 'needs-choice'; readonly message: string; readonly choices: readonly Choice[] }
  | { readonly outcome: 'refused'; readonly message: string };

/** Says why a selection can't be made; caught here alone. */
class Refusal extends Error {}

/** Nothing said, permit, and permit with ringfencing, in the policies' own enumeration; 2 there is deny. */
const PERMITTING: ReadonlySet<unknown> = new Set([0, 1, 6]);

const YEAR_HOURS = 366 * 24;
const YEAR_MS = YEAR_HOURS * 3600 * 1000;
const WHAT_IT_IS = {
  matching: 'a matching application',
  existing: 'an existing application',
  new: 'a new application',
};

/** Makes every choice exact, or says what is missing, or refuses what the vendor would refuse, with the reason. */
export async function select(
  options: ApproveOptions,
  request: ApprovalRequest,
  permit: PermitRecord,
  offers: Offers,
  now: number,
): Promise<SelectionResult> {
  try {
    const other = permit.ringfenceActionIds.find((action) => !PERMITTING.has(action));
    if (other !== undefined) {
      const action = cleanLine(JSON.stringify(other), 40);
      throw new Refusal(
        `This request carries an action (ringfenceActionId ${action}) that is not known to permit. Decide it in the portal.`,
      );
    }
    const hidden = hiddenChoices(permit.record);
    if (hidden.length > 0) {
      throw new Refusal(
        `ThreatLocker's record of this request already carries ${hidden.join(' and ')}, which can't be shown here. Decide it in the portal.`,
      );
    }
    const open = await openChoices(options, request, offers);
    if (open) return { outcome: 'needs-choice', ...open };
    const application = await selectApplication(options, request, offers);
    const rule = selectRule(options.rule, application, permit);
    const scope = await selectScope(options.scope, application, rule, permit, offers);
    return {
      outcome: 'selected',
      selection: {
        application,
        rule,
        scope,
        elevation: selectElevation(options, request, permit),
        expires: selectExpiry(options.expires, now),
        ticket: options.ticket === undefined ? null : cleanLine(options.ticket, 64) || null,
        comment: options.comment === undefined ? null : cleanLine(options.comment, 500) || null,
        notify: options.notify === undefined ? null : cleanBlock(options.notify, 1000) || null,
      },
    };
  } catch (error) {
    if (error instanceof Refusal) return { outcome: 'refused', message: error.message };
    throw error;
  }
}

async function selectApplication(
  options: ApproveOptions,
  request: ApprovalRequest,
  offers: Offers,
): Promise<SelectedApplication> {
  const choice = options.application ?? { use: 'new' };
  if (choice.use === 'new') {
    const name = cleanLine(choice.name ?? request.subject.name ?? '', 100);
    if (name === '') throw new Refusal('A new application needs a name.');
    return { use: 'new', name };
  }
  const listed = await (choice.use === 'matching' ? offers.matching() : offers.existing());
  const application = listed.find((candidate) => candidate.id.toLowerCase() === choice.id.toLowerCase());
  if (!application) {
    throw new Refusal(
      choice.use === 'matching'
        ? 'That application does not match this file. Choose one that does.'
        : 'That application is not offered for this request. Choose one that is.',
    );
  }
  if (choice.use === 'existing' && isBuiltIn(application)) {
    throw new Refusal('Files can not be added to an application that ThreatLocker itself maintains.');
  }
  if (choice.use === 'existing' && options.rule?.by === 'maintenance') {
    const allowed = await offers.maintenance();
    if (!allowed.some((candidate) => candidate.id.toLowerCase() === application.id.toLowerCase())) {
      throw new Refusal('That application is not offered for a maintenance mode. Choose one that is.');
    }
  }
  return { use: choice.use, application };
}

function selectRule(rule: Rule | undefined, application: SelectedApplication, permit: PermitRecord): SelectedRule {
  if (application.use === 'matching') {
    if (rule)
      throw new Refusal(
        'A matching application permits everything in it, so it takes no rule. Leave the rule out, or use a new application.',
      );
    return { by: 'application' };
  }
  if (rule?.by === 'maintenance') {
    if (application.use !== 'existing')
      throw new Refusal(`A maintenance mode needs an existing application, not ${WHAT_IT_IS[application.use]}.`);
    return { by: 'maintenance', mode: rule.mode };
  }
  if (rule?.by === 'properties') return { by: 'properties', option: propertyOption(rule, permit) };
  if (permit.file.hash === null) {
    throw new Refusal(
      "ThreatLocker gives no hash of this file, so it can't be permitted by hash. Use a rule by properties, or the portal.",
    );
  }
  return { by: 'hash', option: { ...NO_OPTION, hash: permit.file.hash } };
}

/** Every property must cover the file that was asked for: a rule that doesn't would permit something else. */
function propertyOption(rule: Extract<Rule, { by: 'properties' }>, { file }: PermitRecord): ManualOption {
  const path = file.path;
  const process = file.processPath;
  const given = [rule.path, rule.process, rule.certificate, rule.createdBy].filter((value) => value !== undefined);
  if (given.some((value) => cleanLine(value, 500) !== value)) {
    throw new Refusal('A property may have 500 plain characters at most, so that all of it can be shown.');
  }
  if (given.length < 2)
    throw new Refusal(
      'A rule by properties needs two of path, process, certificate and createdBy; one alone permits too much.',
    );
  if (given.some(permitsNearlyAll))
    throw new Refusal(
      'A property with a wildcard needs at least three letters or digits besides drive and extension; this one permits nearly everything.',
    );
  if (rule.path !== undefined && (path === null || !covers(rule.path, path)))
    throw new Refusal('The path in the rule does not cover the file that was asked for.');
  if (rule.process !== undefined && (process === null || !covers(rule.process, process)))
    throw new Refusal('The process in the rule is not the one that started the file.');
  if (rule.certificate !== undefined && !file.certificates.includes(rule.certificate))
    throw new Refusal('The file is not validly signed with that certificate.');
  if (rule.createdBy !== undefined && !file.createdBys.some((creator) => covers(rule.createdBy ?? '', creator)))
    throw new Refusal('The file was not written by that process.');
  return {
    ...NO_OPTION,
    fullPath: rule.path ?? '',
    processPath: rule.process ?? '',
    cert: rule.certificate ?? '',
    createdBy: rule.createdBy ?? '',
  };
}

/** `C:\\*`, `*e*` and `*.exe` say nothing of a file. */
function permitsNearlyAll(value: string): boolean {
  const said = value
    .replace(/^[a-z]:/i, '')
    .replace(/\.\w{1,4}$/, '')
    .replace(/[^\p{L}\p{N}]/gu, '');
  return (value.includes('*') || said === '') && said.length < 3;
}

async function selectScope(
  scope: Scope | undefined,
  application: SelectedApplication,
  rule: SelectedRule,
  permit: PermitRecord,
  offers: Offers,
): Promise<SelectedScope> {
  if (application.use === 'matching' && isBuiltIn(application.application) && scope !== 'organization') {
    // ThreatLocker answers a narrower scope with "Missing the '' permission" (seen live).
    throw new Refusal(
      'A built-in application can be permitted for the whole organization only. Choose the scope "organization", or a new application for this file alone.',
    );
  }
  if (rule.by === 'maintenance' && scope !== undefined && scope !== 'computer') {
    throw new Refusal('A maintenance mode opens the requesting computer only. Leave the scope out.');
  }
  if (scope === undefined || scope === 'computer') return { to: 'computer' };
  if (scope === 'organization') return { to: 'organization' };
  const group = (await offers.groups()).find((candidate) => candidate.id.toLowerCase() === scope.group.toLowerCase());
  if (!group) throw new Refusal('That computer group is not offered for this request. Choose one that is.');
  if (group.isGlobal)
    throw new Refusal('A global group reaches every organization and is refused. Choose a group of this organization.');
  if (group.organizationId?.toLowerCase() !== permit.organizationId.toLowerCase()) {
    throw new Refusal("That computer group belongs to another organization than the request's.");
  }
  return { to: 'group', group };
}

function selectElevation(
  options: ApproveOptions,
  request: ApprovalRequest,
  permit: PermitRecord,
): Selection['elevation'] {
  const { mode, hours } = options.elevation ?? { mode: 'none', hours: undefined };
  if (mode === 'none') {
    if (hours !== undefined) throw new Refusal('Without elevation there are no hours to give.');
    return { mode, hours: 0 };
  }
  if (hours !== undefined && !(Number.isInteger(hours) && hours >= 1 && hours <= YEAR_HOURS)) {
    throw new Refusal('The elevation ends after whole hours, one at least and a year at most.');
  }
  if (permit.organizationHasElevation === false) {
    throw new Refusal(
      `The organization of ${cleanLine(request.computer.name ?? 'this computer', 64)} has no Elevation Control, so nothing can be elevated.`,
    );
  }
  return { mode, hours: hours ?? 0 };
}

function selectExpiry(expires: string | undefined, now: number): string | null {
  if (expires === undefined) return null;
  const time = Date.parse(expires);
  if (Number.isNaN(time) || !/(Z|[+-]\d{2}:\d{2})$/i.test(expires)) {
    throw new Refusal('The end of the permit must be an instant with an offset, such as 2027-01-31T17:00:00+01:00.');
  }
  if (time <= now) throw new Refusal('The end of the permit lies in the past.');
  if (time > now + YEAR_MS) throw new Refusal('The end of the permit lies more than a year ahead.');
  return new Date(time).toISOString();
}
