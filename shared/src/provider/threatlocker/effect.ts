import { type Effect, isJsonObject, type JsonObject, type PlanTarget } from '../../approval/index.ts';
import { cleanLine, quoted } from '../../text/index.ts';
import { text } from '../wire.ts';
import type { ApplicationRecord, ComputerGroupRecord } from './applications.ts';
import { assigneeOf } from './assignee.ts';
import { approvalRequestDto } from './dto.ts';
import { nameIn } from './path-name.ts';
import { reachOf, ruleSelected } from './permit/reach.ts';
import { ownerOf, type SelectedApplication, type SelectedRule, type SelectedScope } from './permit/selection.ts';
import { withoutMark } from './write.ts';

/** Permit with ringfencing, in the policies' own enumeration. */
const RINGFENCED = 6;
const MODES = { 1: 'installation', 2: 'learning', 3: 'monitor' } as const;
const ELEVATIONS: Readonly<Record<number, string>> = {
  1: 'It runs with administrator rights, and the user is told.',
  2: 'It runs with administrator rights silently.',
};

/** What a planned write would do, in plain words, told from the write's own body. */
export function effectOf({ write, facts }: PlanTarget): Effect {
  const body = parseBody(write.body);
  const name = quoted(nameIn(facts.path) ?? 'the file', 100);
  switch (write.verdict) {
    case 'approve':
      return permitEffect(body, name);
    case 'deny': {
      const [dto] = asObjects(body['approvalRequestDtos']);
      const notify = body['notifyOnResponse'] === true ? text.parse(body['responseReason']) : null;
      return {
        summary: `Deny ${name} on ${shown(text.parse(dto?.['hostname']), 'the computer')}.`,
        details: [
          `Reason: ${quoted(text.parse(body['rejectReason']) ?? '', 1000)}.`,
          notify === null
            ? 'The requester is sent no message by this decision.'
            : `The requester is told: ${quoted(notify, 1000)}.`,
        ],
        reach: { level: 'none', sentence: 'Nothing is permitted.' },
      };
    }
    case 'take-ownership':
      return ownershipEffect(body, name);
    default:
      return write.verdict satisfies never;
  }
}

function ownershipEffect(body: JsonObject, name: string): Effect {
  const { assignee } = assigneeOf(approvalRequestDto.parse(body));
  const from = assignee === null ? null : quoted(assignee, 100);
  return {
    summary: `Take ownership of the request for ${name} on ${shown(text.parse(body['hostname']), 'the computer')}${from === null ? '' : `, away from ${from}`}.`,
    details: [
      from === null
        ? 'Nobody has it so far.'
        : `${from} has it now, and has it no longer after this. Ask them first whether they are at it.`,
      'Nothing is decided; colleagues see that somebody is at it.',
    ],
    reach: { level: 'none', sentence: 'Nothing is permitted.' },
  };
}

function permitEffect(body: JsonObject, name: string): Effect {
  const file = objectIn(body, 'fileDetails');
  const dto = objectIn(body, 'approvalRequest');
  const application = applicationIn(objectIn(body, 'matchingApplications'));
  const conditions = objectIn(body, 'policyConditions');
  const rule = ruleIn(conditions, application);
  const scope = scopeIn(objectIn(body, 'policyLevel'));
  const reach = reachOf(
    { application, rule: ruleSelected(rule), scope },
    {
      computer: { id: null, name: text.parse(dto['hostname']), os: null, isServer: null },
      organization: { id: text.parse(body['organizationId']), name: text.parse(dto['organizationName']) },
    },
  );
  const elevation = ELEVATIONS[Number(body['elevationStatus'])];
  const hours = Number(body['elevationExpiration']);
  const expires = text.parse(body['policyExpirationDate']);
  const notify = body['notifyOnResponse'] === true ? text.parse(body['responseReason']) : null;
  const notes = objectIn(body, 'adminNotes');
  const ticket = text.parse(notes['ticket']);
  const comment = withoutMark(text.parse(notes['comments']) ?? '');
  return {
    summary: `Approve ${name} on ${shown(text.parse(dto['hostname']), 'a computer')} of ${shown(text.parse(dto['organizationName']), 'an unnamed organization')}: ${applicationSentence(application)}.`,
    details: [
      ruleSentence(rule, file),
      elevation
        ? `${elevation}${hours > 0 ? ` For ${hours} h.` : ' Without an end.'}`
        : 'It gets no administrator rights.',
      isRingfenced(body) ? "It is ringfenced as the vendor's record of the request says." : 'It is not ringfenced.',
      expires === null ? 'The permit has no end.' : `The permit ends at ${expires}.`,
      ...(ticket === null ? [] : [`Ticket ${cleanLine(ticket, 64)}.`]),
      ...(comment === '' ? [] : [`Comment for colleagues: ${quoted(comment, 500)}.`]),
      notify === null
        ? 'The requester is sent no message by this decision.'
        : `The requester is told: ${quoted(notify, 1000)}.`,
    ],
    reach,
  };
}

/** Wherever the body says so: it goes to the vendor whole. */
function isRingfenced(body: JsonObject): boolean {
  const inside = objectIn(body, 'ringfencingOptions')['ringfenceActionId'];
  return body['ringfenceActionId'] === RINGFENCED || inside === RINGFENCED || body['isRingfenced'] === true;
}

function applicationSentence(application: SelectedApplication): string {
  switch (application.use) {
    case 'new':
      return `make the new application ${quoted(application.name, 100)}`;
    case 'existing':
      return `use the existing application ${quoted(application.application.name, 100)} ${ownerOf(application.application)}`;
    case 'matching':
      return `permit the whole application ${quoted(application.application.name, 100)} ${ownerOf(application.application)}`;
    default:
      return application satisfies never;
  }
}

function ruleSentence(rule: SelectedRule, file: JsonObject): string {
  if (rule.by === 'application') return 'Everything in that application is permitted, not only this file.';
  if (rule.by === 'maintenance')
    return `The computer is opened for an hour (${rule.mode} mode): whatever is installed or run there meanwhile may be added.`;
  if (rule.by === 'hash') {
    const sha256 = text.parse(file['sha256']);
    return `Only this exact file: ThreatLocker's hash ${cleanLine(rule.option.hash, 128)}${sha256 === null ? '' : `, SHA-256 ${cleanLine(sha256, 64)}`}.`;
  }
  const properties = [
    ['path', rule.option.fullPath],
    ['started by', rule.option.processPath],
    ['signed by', rule.option.cert],
    ['written by', rule.option.createdBy],
  ].filter(([, value]) => value !== '');
  return `Any file with all of: ${properties.map(([label, value]) => `${label} ${quoted(value ?? '', 500)}`).join(', ')}.`;
}

function applicationIn(body: JsonObject): SelectedApplication {
  if (body['useMatchingApplication'] === true)
    return { use: 'matching', application: recordIn(body, 'matchingApplication') };
  if (body['useExistingApplication'] === true)
    return { use: 'existing', application: recordIn(body, 'existingApplication') };
  return { use: 'new', name: text.parse(body['newApplicationName']) ?? '' };
}

function recordIn(body: JsonObject, key: string): ApplicationRecord {
  const record = objectIn(body, key);
  return {
    id: text.parse(record['applicationId']) ?? '',
    name: text.parse(record['name']) ?? text.parse(record['applicationName']) ?? '',
    organizationId: text.parse(record['organizationId']),
    organizationName: text.parse(record['organizationName']),
    record,
  };
}

function ruleIn(conditions: JsonObject, application: SelectedApplication): SelectedRule {
  const mode = MODES[conditions['ruleId'] as keyof typeof MODES];
  if (mode) return { by: 'maintenance', mode };
  const [option] = asObjects(conditions['manualOptions']);
  if (!option || application.use === 'matching') return { by: 'application' };
  const read = (key: string) => text.parse(option[key]) ?? '';
  const hash = read('hash');
  return {
    by: hash === '' ? 'properties' : 'hash',
    option: {
      hash,
      fullPath: read('fullPath'),
      processPath: read('processPath'),
      cert: read('cert'),
      createdBy: read('createdBy'),
    },
  };
}

function scopeIn(level: JsonObject): SelectedScope {
  if (level['toEntireOrganization'] === true) return { to: 'organization' };
  if (level['toComputerGroup'] !== true) return { to: 'computer' };
  const record = objectIn(level, 'selectedComputerGroup');
  const group: ComputerGroupRecord = {
    id: text.parse(record['computerGroupId']) ?? '',
    name: text.parse(record['name']) ?? 'an unnamed group',
    organizationId: text.parse(record['organizationId']),
    organizationName: text.parse(record['organizationName']),
    isGlobal: record['isGlobal'] !== false,
    record,
  };
  return { to: 'group', group };
}

function shown(value: string | null, otherwise: string): string {
  return value === null || cleanLine(value) === '' ? otherwise : quoted(value, 100);
}

function parseBody(body: string | null): JsonObject {
  const value: unknown = body === null ? null : JSON.parse(body);
  return isJsonObject(value) ? value : {};
}

function objectIn(parent: JsonObject, key: string): JsonObject {
  const value = parent[key];
  return isJsonObject(value) ? value : {};
}

function asObjects(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
