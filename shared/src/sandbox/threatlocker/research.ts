import type { JsonObject } from '../json.ts';
import type { Application } from './model.ts';
import { BUILT_INS } from './population/built-ins.ts';

const ACCESS_LEVELS = [
  { displayName: 'Applications', value: 'RF applications' },
  { displayName: 'File', value: 'RF File Access' },
  { displayName: 'Internet', value: 'RF Internet' },
  { displayName: 'Registry', value: 'RF Registry' },
] as const;

/** What the vendor's research team says of an application, in the shape of seed 1; null for a customer's own. */
export function researchRecord(application: Application): JsonObject | null {
  const facts = BUILT_INS.find(({ product }) => builtInName(product) === application.name);
  if (facts === undefined || application.researchApplicationId === null) return null;
  const [reviewRating, concernRating, businessRating] = facts.ratings;
  return {
    researchApplicationId: application.researchApplicationId,
    productName: facts.product,
    clientApplicationName: application.name,
    productDescription: facts.description,
    clientDescription: '',
    osType: application.osType,
    remediationText: facts.mitigation,
    potentialRiskStrategyText: facts.risk,
    reviewRating,
    concernRating,
    businessRating,
    countriesWhereCodeCompiled: [
      country(facts.development, 'Development Influence'),
      country(facts.company, 'Company Influence'),
    ],
    categories: [facts.category],
    accessLevels: ACCESS_LEVELS.map((level, index) => ({
      ...level,
      isProtected: facts.ringfenced.includes(level.displayName),
      orderBy: index + 1,
    })),
  };
}

export function builtInName(product: string): string {
  return `${product} (Built-In)`;
}

function country([name, code]: readonly [string, string], influence: string): JsonObject {
  return { name, code, tooltip: `${influence}: ${name}` };
}
