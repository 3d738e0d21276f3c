import type { ApprovalRequest, ApproveOptions, Reach } from '../approval/index.ts';
import type { PermitOptions } from '../provider/index.ts';
import { cleanLine, quoted } from '../text/index.ts';

/** One way to approve, with what it costs in reach. */
export interface Proposal {
  readonly label: string;
  readonly options: ApproveOptions;
  readonly reach: Reach;
}

/** The narrowest approval that would satisfy a request, and what each wider one would permit besides. Never pre-confirmed. */
export interface Suggestion {
  readonly narrowest: Proposal;
  readonly widenings: readonly Proposal[];
}

/** An hour is enough for an installer. */
const ELEVATION = { mode: 'elevate', hours: 1 } as const;

/** @returns `null` where the file can't be told by its hash, so that no narrow approval is known */
export function suggestionFor(request: ApprovalRequest, options: PermitOptions | null): Suggestion | null {
  if (options === null) return { narrowest: AS_IT_IS, widenings: [] };
  const { subject, kind } = request;
  if (subject.sha256 === null && subject.vendorHash === null) return null;
  const reachWithin = (wanted: 'computer' | 'organization'): Reach =>
    options.scopes.find(({ scope }) => scope === wanted)?.reach ?? UNKNOWN;
  const name = cleanLine(subject.name ?? 'unnamed file', 100);
  const application = { use: 'new', name } as const;
  const elevation = kind === 'elevation' ? { elevation: ELEVATION } : {};
  const narrow: ApproveOptions = { application, rule: { by: 'hash' }, scope: 'computer', ...elevation };
  const { path, certificates } = options.properties;
  const [certificate] = certificates;
  return {
    narrowest: {
      label: `This file alone, on this computer${kind === 'elevation' ? ', with administrator rights for an hour' : ''}`,
      options: narrow,
      reach: reachWithin('computer'),
    },
    widenings: [
      {
        label: 'This file alone, in the whole organization',
        options: { ...narrow, scope: 'organization' },
        reach: reachWithin('organization'),
      },
      ...(path !== null && certificate !== undefined
        ? [
            {
              label: 'Whatever this signer signs at this path, on this computer; it goes on after an update',
              options: { ...narrow, rule: { by: 'properties', path, certificate } as const },
              reach: reachWithin('computer'),
            },
          ]
        : []),
      ...options.matching.map((match) => ({
        label: `All of the application ${quoted(match.name, 80)}`,
        options: {
          application: { use: 'matching', id: match.id } as const,
          scope: match.builtIn ? ('organization' as const) : ('computer' as const),
          ...elevation,
        },
        reach: match.reach,
      })),
    ],
  };
}

const UNKNOWN: Reach = { level: 'unknown', sentence: 'It is not known whom it reaches.' };

/** Admin By Request has one way to approve. */
const AS_IT_IS: Proposal = {
  label: 'This one request, as it is',
  options: {},
  reach: { level: 'computer', sentence: 'Approves this request on this computer.' },
};
