import type { ApplicationChoice, ApprovalRequest, ApproveOptions, Elevation, Reach } from '../../../approval/index.ts';
import { cleanLine, quoted } from '../../../text/index.ts';
import type { Choice } from '../../provider.ts';
import { isBuiltIn } from '../applications.ts';
import { reachOf, reachOfMatch, ruleGiven } from './reach.ts';
import { type Offers, ownerOf } from './selection.ts';

const ELEVATIONS: readonly { readonly elevation: Elevation; readonly label: string }[] = [
  { elevation: { mode: 'none' }, label: 'without elevation' },
  { elevation: { mode: 'elevate' }, label: 'run with administrator rights, the user is told' },
  { elevation: { mode: 'silent' }, label: 'run with administrator rights silently' },
];

/** What nobody but a person may decide by default: which application where one matches, and whether to elevate. */
export async function openChoices(
  options: ApproveOptions,
  request: ApprovalRequest,
  offers: Pick<Offers, 'matching'>,
): Promise<{ readonly message: string; readonly choices: readonly Choice[] } | null> {
  const matches = options.application === undefined ? await offers.matching() : [];
  const elevationIsOpen = request.kind === 'elevation' && options.elevation === undefined;
  if (matches.length === 0 && !elevationIsOpen) return null;
  const applications = matches.length > 0 ? applicationChoices(request, matches) : [given(options, request)];
  const choices = applications.flatMap((choice) =>
    elevationIsOpen
      ? ELEVATIONS.map(({ elevation, label }) => ({
          ...choice,
          label: `${choice.label}, ${label}`,
          options: { ...options, ...choice.options, elevation },
        }))
      : [{ ...choice, options: { ...options, ...choice.options } }],
  );
  const questions = [
    ...(matches.length > 0
      ? ['The file already belongs to an application, so it has to be said which application is permitted.']
      : []),
    ...(elevationIsOpen ? ['The request is for administrator rights, so it has to be said whether to give them.'] : []),
  ];
  return { message: questions.join(' '), choices };
}

function applicationChoices(
  request: ApprovalRequest,
  matches: Awaited<ReturnType<Offers['matching']>>,
): readonly Choice[] {
  const narrowest = given({}, request);
  return [
    { ...narrowest, options: { ...narrowest.options, rule: { by: 'hash' }, scope: 'computer' } },
    ...matches.map((application): Choice => {
      const choice: ApplicationChoice = { use: 'matching', id: application.id };
      return {
        label: `Permit the matching application ${quoted(application.name, 80)} ${ownerOf(application)}`,
        options: { application: choice, scope: isBuiltIn(application) ? 'organization' : 'computer' },
        reach: reachOfMatch(application, request),
      };
    }),
  ];
}

/** The application that is chosen or left to the default: a new one for this file alone. */
function given(options: ApproveOptions, request: ApprovalRequest): Choice {
  const chosen = options.application ?? { use: 'new' };
  if (chosen.use !== 'new') {
    const reach = { level: 'unknown', sentence: 'As far as the chosen application and scope reach.' } as const;
    return { label: 'The application that was chosen', options: { application: chosen }, reach };
  }
  const name = chosen.name ?? cleanLine(request.subject.name ?? 'unnamed file', 100);
  const application = { use: 'new', name } as const;
  const isWide = options.rule?.by === 'properties';
  return {
    label: `A new application ${quoted(name, 100)} ${isWide ? 'with the chosen rule' : 'for this file alone'}`,
    options: { application },
    reach: reachOfNew(application, options, request),
  };
}

function reachOfNew(
  application: { readonly use: 'new' },
  { rule, scope = 'computer' }: ApproveOptions,
  request: ApprovalRequest,
): Reach {
  const by = ruleGiven(rule?.by === 'properties' ? rule : undefined);
  if (typeof scope === 'object')
    return { level: 'group', sentence: 'Permits it on every computer of the chosen group.' };
  return reachOf({ application, rule: by, scope: { to: scope } }, request);
}
