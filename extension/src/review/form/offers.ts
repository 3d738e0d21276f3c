import type { ApprovalRequest, ApproveOptions, Reach } from '@countersign/shared/approval';
import type { TargetChoice } from '@countersign/shared/decide';
import type { Application, ComputerGroup, PermitOptions } from '@countersign/shared/provider';
import { cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import { choiceWords } from '../../views/choice-words.ts';

/** What can be chosen for one request. */
export interface Offers {
  readonly request: ApprovalRequest;
  readonly options: PermitOptions;
  /** What planning asked somebody to choose from. */
  readonly asked: readonly TargetChoice[];
}

/** A whole approval that can be chosen as it stands, but for what is asked beside it. */
export interface Preset {
  readonly id: string;
  readonly label: string;
  readonly options: ApproveOptions;
  readonly reach: Reach;
}

/** Not a preset: every part is chosen by itself. */
export const OWN = 'own';
export const NARROWEST = 'narrowest';

export function presetsOf({ options: { suggestion, groups }, asked }: Offers): readonly Preset[] {
  const narrowest = suggestion && {
    ...suggestion.narrowest,
    id: NARROWEST,
    label: l10n.t('Narrowest: {0}', choiceWords(suggestion.narrowest, groups)),
  };
  const wider = suggestion?.widenings.map((choice, index) => ({
    ...choice,
    id: `wider-${index}`,
    label: l10n.t('Wider: {0}', choiceWords(choice, groups)),
  }));
  return [
    ...asked.map((choice, index) => ({ ...choice, id: `asked-${index}` })),
    ...(narrowest ? [withoutElevation(narrowest)] : []),
    ...(wider ?? []).map(withoutElevation),
  ].map(({ id, label, options, reach }) => ({ id, label: cleanLine(label, 400), options, reach }));
}

/** Whether to elevate is asked by itself, and nobody's default. */
function withoutElevation<T extends Preset>(preset: T): T {
  const { elevation: _, ...options } = preset.options;
  return { ...preset, options };
}

/** Those that a file may be added to; the vendor's own take no files. */
export function addable({ options }: Offers): readonly Application[] {
  return options.existing.filter(({ builtIn, id }) => !builtIn && isPlainId(id));
}

export function matchable({ options }: Offers): readonly Application[] {
  return options.matching.filter(({ id }) => isPlainId(id));
}

/** Groups of the request's own organization; one that may be global reaches every other. */
export function usableGroups({ options, request }: Offers): readonly ComputerGroup[] {
  const own = request.organization.id?.toLowerCase();
  return options.groups.filter(
    ({ isGlobal, owner, id }) => !isGlobal && own !== undefined && owner.id?.toLowerCase() === own && isPlainId(id),
  );
}

export function canBeOpened({ options }: Offers, id: string): boolean {
  return options.maintenance.some((one) => one.id.toLowerCase() === id.toLowerCase());
}

export function isPossible({ options }: Offers, rule: 'hash' | 'properties'): boolean {
  return options.rules.some(({ by, isPossible: can }) => by === rule && can);
}

export const PROPERTIES = ['path', 'process', 'certificate', 'createdBy'] as const;
export type Property = (typeof PROPERTIES)[number];

/** Values that a rule may name: those of the request, as far as all of one can be shown and none of it is a wildcard. */
export function valuesOf({ options: { properties } }: Offers, property: Property): readonly string[] {
  const { path, process, certificates, createdBy } = properties;
  const values = { path: [path], process: [process], certificate: certificates, createdBy }[property];
  return values
    .filter((value) => value !== null)
    .filter((value) => cleanLine(value, 500) === value && !value.includes('*'));
}

function isPlainId(id: string): boolean {
  return /^[A-Za-z0-9-]{1,64}$/.test(id);
}
