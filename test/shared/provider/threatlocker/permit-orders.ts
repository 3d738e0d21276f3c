import type { ApplicationChoice, ApproveOptions, Elevation, Rule, Scope, VendorId } from '@countersign/shared/approval';
import type { PermitExpectation } from './permit-validator.ts';

/** One file that every class of application matches, asked for in an organization that stands below another. */
export interface Ground {
  readonly id: VendorId;
  readonly kind: 'execute' | 'install' | 'elevate';
  /** As read from the vendor, not from our client. */
  readonly read: unknown;
  readonly parents: readonly string[];
  readonly instance: string;
  readonly group: string;
  readonly applications: Readonly<Record<ApplicationClass, NamedApplication | null>>;
}

export interface NamedApplication {
  readonly id: string;
  readonly maintenance: boolean;
}

const APPLICATION_CLASSES = [
  'matching, own',
  'matching, parent',
  'matching, built-in',
  'existing, own',
  'existing, parent',
  'existing, not for maintenance',
  'new',
] as const;
type ApplicationClass = (typeof APPLICATION_CLASSES)[number];

const MEMBERS = { path: 'fullPath', process: 'processPath', certificate: 'cert', createdBy: 'createdBy' } as const;
type Property = keyof typeof MEMBERS;
const PROPERTIES = Object.keys(MEMBERS) as Property[];

/** Every set of two or more of the four properties. */
const PROPERTY_SETS = Array.from({ length: 16 }, (_, mask) =>
  PROPERTIES.filter((_name, bit) => mask & (1 << bit)),
).filter((set) => set.length >= 2);

interface RuleCase {
  readonly name: string;
  readonly kind: PermitExpectation['rule'] | 'none';
  readonly of: (values: Readonly<Record<Property, string>>) => Rule | undefined;
  readonly set?: readonly Property[];
}

const RULES: readonly RuleCase[] = [
  { name: 'no rule', kind: 'none', of: () => undefined },
  { name: 'hash', kind: 'hash', of: () => ({ by: 'hash' }) },
  ...PROPERTY_SETS.map(
    (set): RuleCase => ({
      name: set.join(' and '),
      kind: 'properties',
      of: (values) => ({ by: 'properties', ...Object.fromEntries(set.map((name) => [name, values[name]])) }),
      set,
    }),
  ),
  ...(['installation', 'learning', 'monitor'] as const).map(
    (mode): RuleCase => ({
      name: mode,
      kind: mode,
      of: () => ({ by: 'maintenance', mode }),
    }),
  ),
];

const SCOPES = ['computer', 'organization', 'group'] as const;

const ELEVATIONS: readonly (Elevation | undefined)[] = [
  undefined,
  { mode: 'none' },
  { mode: 'elevate' },
  { mode: 'elevate', hours: 4 },
  { mode: 'silent' },
  { mode: 'silent', hours: 24 },
];

const EXTRAS = {
  expires: '2027-01-31T17:00:00+01:00',
  ticket: 'INC-48213',
  comment: 'Agreed with Dana on the phone.',
  notify: 'You can run it now.\nPlease restart the computer first.',
} as const;

/** Every subset of the four; `mask` from 0 to 15. */
function extras(mask: number): Pick<ApproveOptions, keyof typeof EXTRAS> {
  return Object.fromEntries(Object.entries(EXTRAS).filter((_entry, bit) => mask & (1 << bit)));
}

export interface Order {
  readonly ground: Ground;
  readonly application: ApplicationClass;
  readonly rule: RuleCase;
  readonly scope: (typeof SCOPES)[number];
  readonly elevation: Elevation | undefined;
  readonly extras: number;
}

export function* orders(grounds: readonly Ground[], masks: (index: number) => readonly number[]): Generator<Order> {
  let index = 0;
  for (const ground of grounds)
    for (const application of APPLICATION_CLASSES)
      for (const rule of RULES)
        for (const scope of SCOPES)
          for (const elevation of ELEVATIONS)
            for (const mask of masks(index++)) yield { ground, application, rule, scope, elevation, extras: mask };
}

export function nameOf({ ground, application, rule, scope, elevation, extras: mask }: Order): string {
  const rights = elevation === undefined ? 'elevation left out' : `${elevation.mode} ${elevation.hours ?? ''}`.trim();
  return `${ground.kind}: ${application}, ${rule.name}, ${scope}, ${rights}, extras ${mask}`;
}

const NEW_NAME = 'Payroll Connect';

export function optionsOf(order: Order): ApproveOptions {
  const { ground, rule, scope, elevation } = order;
  const chosen = rule.of(valuesOf(ground.read));
  const wanted: Scope = scope === 'group' ? { group: ground.group } : scope;
  return {
    application: choiceOf(order),
    scope: wanted,
    ...(chosen === undefined ? {} : { rule: chosen }),
    ...(elevation === undefined ? {} : { elevation }),
    ...extras(order.extras),
  };
}

function choiceOf({ ground, application }: Order): ApplicationChoice {
  const found = ground.applications[application];
  if (application === 'new' || found === null) return { use: 'new', name: NEW_NAME };
  return { use: application.startsWith('matching') ? 'matching' : 'existing', id: found.id };
}

/** What must come of it: by the reference and the design, not by the code. */
export function outcomeOf({
  ground,
  application,
  rule,
  scope,
  elevation,
}: Order): 'ready' | 'refused' | 'needs-choice' {
  if (elevation === undefined && ground.kind === 'elevate') return 'needs-choice';
  const isMaintenance = ['installation', 'learning', 'monitor'].includes(rule.kind);
  if (application.startsWith('matching')) {
    if (rule.kind !== 'none') return 'refused';
    return application === 'matching, built-in' && scope !== 'organization' ? 'refused' : 'ready';
  }
  if (!isMaintenance) return 'ready';
  return ground.applications[application]?.maintenance === true && scope === 'computer' ? 'ready' : 'refused';
}

export function expectationOf(order: Order, mark: string): PermitExpectation {
  const { ground, application, rule, scope, elevation } = order;
  const choice = choiceOf(order);
  const values = valuesOf(ground.read);
  return {
    read: ground.read,
    instance: ground.instance,
    parents: ground.parents,
    use: choice.use,
    applicationId: choice.use === 'new' ? undefined : choice.id,
    applicationName: choice.use === 'new' ? choice.name : undefined,
    isBuiltIn: application === 'matching, built-in',
    rule: rule.kind !== 'none' ? rule.kind : choice.use === 'matching' ? 'application' : 'hash',
    properties: rule.set && Object.fromEntries(rule.set.map((name) => [MEMBERS[name], values[name]])),
    scope: scope === 'group' ? { group: ground.group } : scope,
    elevation: elevation?.mode ?? 'none',
    hours: elevation?.hours,
    ...extras(order.extras),
    mark,
  };
}

/** Values of the file's four properties, each as ThreatLocker gives it. */
function valuesOf(read: unknown): Readonly<Record<Property, string>> {
  const { fileDetails } = read as {
    fileDetails: {
      fullPath: string;
      processPath: string;
      certificates: readonly { subject: string }[];
      createdByProcesses: readonly string[];
    };
  };
  return {
    path: fileDetails.fullPath,
    process: fileDetails.processPath,
    certificate: fileDetails.certificates[0]?.subject ?? '',
    createdBy: fileDetails.createdByProcesses[0] ?? '',
  };
}
