import type { Application, Choice, ComputerGroup, PermitOptions, ResearchReport } from '@countersign/shared/provider';
import { cleanBlock, cleanLine } from '@countersign/shared/text';
import * as z from 'zod';

const reach = z.object({ level: z.string(), sentence: z.string() });

export const application = z.object({
  id: z.string(),
  name: z.string(),
  owner: z.string().nullable(),
  builtIn: z.boolean(),
  reach,
});

export function applicationOf({ id, name, owner, builtIn, reach }: Application): z.output<typeof application> {
  return {
    id: cleanLine(id, 64),
    name: cleanLine(name, 120),
    owner: owner.name === null ? null : cleanLine(owner.name, 100),
    builtIn,
    reach,
  };
}

const offer = z.object({ label: z.string(), options: z.record(z.string(), z.unknown()), reach });
export type OfferView = z.output<typeof offer>;

const named = z.object({ id: z.string(), name: z.string() });

export const permitOptions = z.object({
  matching: z.array(application),
  existing: z.array(application),
  existingTotal: z.number(),
  maintenance: z.array(named),
  groups: z.array(z.object({ ...named.shape, usable: z.boolean() })),
  scopes: z.array(z.object({ scope: z.string(), reach })),
  rules: z.array(z.object({ by: z.string(), note: z.string() })),
  properties: z.object({
    path: z.string().nullable(),
    process: z.string().nullable(),
    certificates: z.array(z.string()),
    createdBy: z.array(z.string()),
  }),
  suggestion: z
    .object({ narrowest: offer, widenings: z.array(offer) })
    .nullable()
    .describe(
      'The narrowest approval that would satisfy the request, and wider ones. A person confirms whichever is chosen.',
    ),
  notes: z.array(z.string()),
});

export type PermitOptionsView = z.output<typeof permitOptions>;

/** Lists this long tell a model nothing more; a search narrows them. */
const MAX = 50;
const MAX_WIDER = 12;

export function permitOptionsOf(options: PermitOptions, organizationId: string | null): PermitOptionsView {
  const { properties } = options;
  return {
    matching: options.matching.slice(0, MAX).map(applicationOf),
    existing: options.existing.slice(0, MAX).map(applicationOf),
    existingTotal: options.existing.length,
    maintenance: options.maintenance
      .slice(0, MAX)
      .map(({ id, name }) => ({ id: cleanLine(id, 64), name: cleanLine(name, 120) })),
    groups: options.groups.slice(0, MAX).map((group) => ({
      id: cleanLine(group.id, 64),
      name: cleanLine(group.name, 120),
      usable: isUsable(group, organizationId),
    })),
    scopes: options.scopes.map(({ scope, reach }) => ({ scope, reach })),
    rules: options.rules.map(({ by, note }) => ({ by, note })),
    properties: {
      // As they are, not cleaned: a rule has to repeat them to the letter, and it is held against the file's own facts.
      path: exactOrNull(properties.path),
      process: exactOrNull(properties.process),
      certificates: properties.certificates.filter(isPlain).slice(0, 10),
      createdBy: properties.createdBy.filter(isPlain).slice(0, 10),
    },
    suggestion: options.suggestion && {
      narrowest: offerOf(options.suggestion.narrowest),
      widenings: options.suggestion.widenings.slice(0, MAX_WIDER).map(offerOf),
    },
    notes: [...options.notes],
  };
}

/** With a note where applications are missing. @param option what narrows them, by its name where it is typed */
export function withNarrowing(options: PermitOptionsView, option: 'search' | '--search'): PermitOptionsView {
  const { existing, existingTotal, notes } = options;
  if (existing.length === existingTotal) return options;
  const missing = `Only ${existing.length} of ${existingTotal} applications are shown; narrow them with ${option}.`;
  return { ...options, notes: [...notes, missing] };
}

function isUsable({ isGlobal, owner }: ComputerGroup, organizationId: string | null): boolean {
  return !isGlobal && owner.id !== null && owner.id.toLowerCase() === organizationId?.toLowerCase();
}

/** A value that cleaning would change can't be repeated safely, so it is not offered. */
function isPlain(value: string): boolean {
  return cleanLine(value, 500) === value;
}

function exactOrNull(value: string | null): string | null {
  return value !== null && isPlain(value) ? value : null;
}

export const choice = z.object({ request: z.string(), ...offer.shape });

export function choiceOf({ request, ...given }: Choice & { readonly request: string }): z.output<typeof choice> {
  return { request, ...offerOf(given) };
}

function offerOf({ label, options, reach }: Choice): OfferView {
  return { label, options: cleaned({ ...options }) as Record<string, unknown>, reach };
}

/** The options hold what a model wrote, such as a comment. */
function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return cleanBlock(value, 1000);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, cleaned(member)]));
}

export const researchReport = z.object({
  scan: z.object({
    verdict: z.string(),
    threat: z.string().nullable(),
    engines: z.array(z.object({ engine: z.string(), verdict: z.string(), threat: z.string().nullable() })),
  }),
  research: z.array(
    z.object({
      about: z.string(),
      ratings: z.array(z.object({ name: z.string(), value: z.number() })),
      facts: z.array(z.object({ name: z.string(), text: z.string() })),
      categories: z.array(z.string()),
      countries: z.array(z.string()),
      access: z.array(z.object({ name: z.string(), isProtected: z.boolean().nullable() })),
    }),
  ),
  links: z.array(z.object({ label: z.string(), url: z.string() })),
  notes: z.array(z.string()),
});

export function researchOf({ scan, research, links, notes }: ResearchReport): z.output<typeof researchReport> {
  const lines = (texts: readonly string[]) => texts.slice(0, 20).map((text) => cleanLine(text, 120));
  return {
    scan: {
      verdict: scan.verdict,
      threat: scan.threat === null ? null : cleanLine(scan.threat, 120),
      engines: scan.engines.slice(0, 60).map(({ engine, verdict, threat }) => ({
        engine: cleanLine(engine, 60),
        verdict: cleanLine(verdict, 40),
        threat: threat === null ? null : cleanLine(threat, 120),
      })),
    },
    research: research.map((entry) => ({
      about: cleanLine(entry.about, 120),
      ratings: entry.ratings.map(({ name, value }) => ({ name, value })),
      facts: entry.facts.map(({ name, text }) => ({ name, text: cleanBlock(text, 800) })),
      categories: lines(entry.categories),
      countries: lines(entry.countries),
      access: entry.access.slice(0, 20).map(({ name, isProtected }) => ({ name: cleanLine(name, 60), isProtected })),
    })),
    links: links.slice(0, 10).map(({ label, url }) => ({ label: cleanLine(label, 40), url: cleanLine(url, 500) })),
    notes: [...notes],
  };
}
