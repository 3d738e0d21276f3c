import { isJsonArray, isJsonObject, type JsonValue } from '../../approval/index.ts';
import { VendorError } from '../../http/index.ts';
import type { Research } from '../provider.ts';
import { flag, text, texts } from '../wire.ts';
import type { Ask, Connection } from './connection.ts';

const RATINGS = ['reviewRating', 'concernRating', 'businessRating'] as const;
const FACTS = {
  productDescription: 'Product',
  clientDescription: 'Note',
  potentialRiskStrategyText: 'Potential risk',
  remediationText: 'Mitigation',
} as const;

/** The vendor's research on one application; `null` where it has none. */
export async function readResearch(connection: Connection, applicationId: string, ask: Ask): Promise<Research | null> {
  const answer = await connection.get('Application/ApplicationGetResearchDetailsById', { applicationId }, ask);
  const record = answer.body;
  if (record === null) return null;
  if (!isJsonObject(record)) {
    throw new VendorError(
      'malformed',
      "ThreatLocker's research could not be read. Try again; if it stays so, look in the portal.",
    );
  }
  return {
    about: text.parse(record['clientApplicationName']) ?? text.parse(record['productName']) ?? applicationId,
    ratings: RATINGS.flatMap((name) => {
      const value = record[name];
      return typeof value === 'number' ? [{ name, value }] : [];
    }),
    facts: Object.entries(FACTS).flatMap(([key, name]) => {
      const value = text.parse(record[key]);
      return value === null ? [] : [{ name, text: value }];
    }),
    categories: texts.parse(record['categories']),
    countries: objectsIn(record['countriesWhereCodeCompiled']).flatMap(
      (country) => text.parse(country['tooltip']) ?? text.parse(country['name']) ?? [],
    ),
    access: objectsIn(record['accessLevels']).flatMap((level) => {
      const name = text.parse(level['displayName']);
      return name === null ? [] : [{ name, isProtected: flag.parse(level['isProtected']) }];
    }),
  };
}

function objectsIn(value: JsonValue | undefined) {
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}
