import type { Application } from '@countersign/shared/provider';
import { cleanLine, quoted } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { Control, Draft, DraftField, Option } from '../messages.ts';
import { ownerText } from '../view/applications.ts';
import { isBuiltIn } from './draft.ts';
import {
  addable,
  canBeOpened,
  isPossible,
  matchable,
  type Offers,
  OWN,
  PROPERTIES,
  type Property,
  presetsOf,
  usableGroups,
  valuesOf,
} from './offers.ts';
import type { Problem } from './permit-options.ts';

/** More than anybody reads; the search narrows them. */
const MOST = 200;

type Basics = Pick<Control, 'name' | 'label' | 'hint' | 'problem'>;

/** The controls of an approval: what is chosen brings what has to be chosen with it, and nothing else. */
export function permitControls(draft: Draft, offers: Offers, problems: readonly Problem[]): readonly Control[] {
  const basics = basicsWith(problems);
  const presets = presetsOf(offers);
  const preset = presets.find(({ id }) => id === draft.preset);
  const isElevationOpen = offers.request.kind === 'elevation' && !preset?.options.elevation;
  return [
    {
      kind: 'radio',
      isRequired: true,
      ...basics('preset', l10n.t('How far it goes'), withheldIn(offers)),
      options: [
        ...presets.map(({ id, label, reach }) => option(id, label, cleanLine(reach.sentence, 500))),
        option(OWN, l10n.t('Choose each part'), null),
      ],
    },
    ...(draft.preset === OWN ? ownControls(draft, offers, basics) : []),
    ...(isElevationOpen ? elevationControls(draft, offers, basics) : []),
  ];
}

/** What could not be read, and so is not offered. */
function withheldIn({ options }: Offers): string | null {
  return options.notes.length === 0 ? null : options.notes.map((note) => cleanLine(note, 300)).join(' ');
}

/** What may be given with an approval, and usually isn't. */
export function furtherControls(problems: readonly Problem[]): readonly Control[] {
  const basics = basicsWith(problems);
  return [
    {
      kind: 'instant',
      ...basics('expires', l10n.t('Ends at (optional)'), l10n.t('Left empty: it has no end. A year ahead at most.')),
    },
    { kind: 'line', max: 64, ...basics('ticket', l10n.t('Ticket (optional)')) },
    {
      kind: 'line',
      max: 500,
      ...basics('comment', l10n.t('Comment (optional)'), l10n.t('For colleagues; the requester never sees it.')),
    },
    {
      kind: 'area',
      max: 1000,
      ...basics('notify', l10n.t('Text to the requester (optional)'), l10n.t('Left empty: nothing is sent to them.')),
    },
  ];
}

const basicsWith =
  (problems: readonly Problem[]): BasicsOf =>
  (name, label, hint = null) => {
    const problem = problems.find(({ field }) => field === name)?.message ?? null;
    return { name, label, hint, problem };
  };

type BasicsOf = (name: DraftField, label: string, hint?: string | null) => Basics;

function ownControls(draft: Draft, offers: Offers, basics: BasicsOf): readonly Control[] {
  return [
    ...applicationControls(draft, offers, basics),
    ...(draft.application === 'matching' ? [] : ruleControls(draft, offers, basics)),
    ...scopeControls(draft, offers, basics),
  ];
}

function applicationControls(draft: Draft, offers: Offers, basics: BasicsOf): readonly Control[] {
  const matching = matchable(offers);
  const existing = addable(offers);
  const choice: Control = {
    kind: 'radio',
    isRequired: true,
    ...basics('application', l10n.t('Application')),
    options: [
      option('new', l10n.t('A new application'), null),
      option(
        'matching',
        l10n.t('A matching application'),
        l10n.t('Everything in it is permitted.'),
        matching.length === 0 ? l10n.t('The file belongs to no known application.') : null,
      ),
      option(
        'existing',
        l10n.t('Add the file to an application'),
        l10n.t('The file is permitted wherever a policy points at that application.'),
      ),
    ],
  };
  switch (draft.application) {
    case 'matching':
      return [
        choice,
        {
          kind: 'radio',
          isRequired: true,
          ...basics('matching', l10n.t('Matching application')),
          options: matching
            .slice(0, MOST)
            .map((application) =>
              option(application.id, nameOf(application), cleanLine(application.reach.sentence, 500)),
            ),
        },
      ];
    case 'existing':
      return [
        choice,
        {
          kind: 'search',
          max: 100,
          action: l10n.t('Search'),
          ...basics('search', l10n.t('Search applications by name')),
        },
        {
          kind: 'select',
          ...basics('existing', l10n.t('Application to add the file to'), countText(existing.length)),
          options: [
            option('', l10n.t('Choose one'), null),
            ...existing.slice(0, MOST).map((application) => option(application.id, nameOf(application), null)),
          ],
        },
      ];
    default:
      return [choice, { kind: 'line', max: 100, ...basics('name', l10n.t('Name of the new application')) }];
  }
}

function countText(count: number): string | null {
  if (count === 0) return l10n.t('None was found.');
  return count > MOST ? l10n.t('{0} of {1} are shown; search for others.', String(MOST), String(count)) : null;
}

function ruleControls(draft: Draft, offers: Offers, basics: BasicsOf): readonly Control[] {
  const isExisting = draft.application === 'existing';
  const noMaintenance = !isExisting
    ? l10n.t('Only with an application that exists.')
    : draft.existing === ''
      ? l10n.t('Choose the application first.')
      : canBeOpened(offers, draft.existing)
        ? null
        : l10n.t('The chosen application is not offered for a maintenance mode.');
  const choice: Control = {
    kind: 'radio',
    isRequired: true,
    ...basics('rule', l10n.t('Permitted by')),
    options: [
      option(
        'hash',
        l10n.t('Its hash'),
        l10n.t('This exact file and no other.'),
        isPossible(offers, 'hash') ? null : l10n.t('The vendor gives no hash of this file.'),
      ),
      option(
        'properties',
        l10n.t('Its properties'),
        l10n.t(
          'Any file that has all of those that you choose, two or more; wider than the hash, since later versions may have them too.',
        ),
        PROPERTIES.filter((property) => valuesOf(offers, property).length > 0).length >= 2
          ? null
          : l10n.t('Too few of them are known.'),
      ),
      option('maintenance', l10n.t('A maintenance mode'), l10n.t('Opens the computer for an hour.'), noMaintenance),
    ],
  };
  switch (draft.rule) {
    case 'properties':
      return [
        choice,
        ...PROPERTIES.flatMap((property): readonly Control[] => {
          const values = valuesOf(offers, property);
          if (values.length === 0) return [];
          const options = values.map((value, index) => option(String(index), cleanLine(value, 500), null));
          const label = propertyText(property);
          return [
            { kind: 'select', ...basics(property, label), options: [option('', l10n.t('Not used'), null), ...options] },
          ];
        }),
      ];
    case 'maintenance':
      return [
        choice,
        {
          kind: 'radio',
          isRequired: true,
          ...basics('mode', l10n.t('Maintenance mode')),
          options: [
            option('installation', l10n.t('Installation'), null),
            option('learning', l10n.t('Learning'), null),
            option('monitor', l10n.t('Monitor only'), null),
          ],
        },
      ];
    default:
      return [choice];
  }
}

function propertyText(property: Property): string {
  switch (property) {
    case 'path':
      return l10n.t('Path');
    case 'process':
      return l10n.t('Started by');
    case 'certificate':
      return l10n.t('Signed by');
    case 'createdBy':
      return l10n.t('Written by');
    default:
      return property satisfies never;
  }
}

function scopeControls(draft: Draft, offers: Offers, basics: BasicsOf): readonly Control[] {
  const groups = usableGroups(offers);
  const builtIn =
    draft.application === 'matching' && isBuiltIn(offers, draft.matching)
      ? l10n.t('A built-in application can be permitted for the whole organization only.')
      : null;
  const opened =
    draft.application !== 'matching' && draft.rule === 'maintenance'
      ? l10n.t('A maintenance mode opens the requesting computer only.')
      : null;
  const noGroup = groups.length === 0 ? l10n.t('No group of this organization is offered.') : null;
  const choice: Control = {
    kind: 'radio',
    isRequired: true,
    ...basics('scope', l10n.t('Where')),
    options: [
      option('computer', l10n.t('This computer'), null, builtIn),
      option('group', l10n.t('A computer group'), null, builtIn ?? opened ?? noGroup),
      option('organization', l10n.t('The whole organization'), null, opened),
    ],
  };
  if (draft.scope !== 'group') return [choice];
  return [
    choice,
    {
      kind: 'select',
      ...basics('group', l10n.t('Computer group')),
      options: [
        option('', l10n.t('Choose one'), null),
        ...groups.slice(0, MOST).map(({ id, name }) => option(id, quoted(name, 120), null)),
      ],
    },
  ];
}

function elevationControls(draft: Draft, { options }: Offers, basics: BasicsOf): readonly Control[] {
  const off = options.canElevate === false ? l10n.t('The organization has no Elevation Control.') : null;
  const choice: Control = {
    kind: 'radio',
    isRequired: true,
    ...basics('elevation', l10n.t('Administrator rights')),
    options: [
      option('none', l10n.t('Without administrator rights'), null),
      option('elevate', l10n.t('With administrator rights'), l10n.t('The user is told.'), off),
      option('silent', l10n.t('With administrator rights, silently'), l10n.t('The user is not told.'), off),
    ],
  };
  if (draft.elevation !== 'elevate' && draft.elevation !== 'silent') return [choice];
  return [
    choice,
    {
      kind: 'number',
      min: 1,
      max: 366 * 24,
      ...basics('hours', l10n.t('Hours until they end'), l10n.t('Left empty: they have no end.')),
    },
  ];
}

function nameOf(application: Application): string {
  return l10n.t('{0}, {1}', quoted(application.name, 100), ownerText(application));
}

function option(value: string, label: string, note: string | null, off: string | null = null): Option {
  return { value, label, note, off };
}
