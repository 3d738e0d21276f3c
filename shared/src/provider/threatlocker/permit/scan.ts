import { isJsonArray, isJsonObject, type JsonValue, type ScanResult } from '../../../approval/index.ts';
import { text } from '../../wire.ts';

const WORDS: readonly (readonly [verdict: ScanResult['verdict'], words: RegExp])[] = [
  ['malicious', /malicious|malware|infected|trojan|virus|ransom/i],
  ['suspicious', /suspicious|riskware|unwanted|pua|pup\b/i],
];

/**
 * What scanners said of the file: `engineRatings` in the action log of the permit record. ThreatLocker documents none of
 * their words, so an alarm is believed and nothing else is: no rating makes a file clean.
 */
export function scanIn(actionLog: JsonValue | undefined): ScanResult {
  if (!isJsonObject(actionLog)) return { verdict: 'unknown', threat: null, engines: [] };
  const ratings = actionLog['engineRatings'] ?? [];
  // What can't be read may be an alarm.
  const engines = (isJsonArray(ratings) ? ratings : [ratings]).map(engineIn);
  if (engines.length === 0) return { verdict: 'not-scanned', threat: null, engines };
  const alarm = WORDS.find(([, words]) => engines.some(({ verdict }) => words.test(verdict)));
  return { verdict: alarm?.[0] ?? 'unknown', threat: null, engines };
}

function engineIn(rating: JsonValue): ScanResult['engines'][number] {
  const members = isJsonObject(rating) ? rating : { rating };
  return {
    engine: text.parse(members['name']) ?? 'unnamed',
    verdict: text.parse(members['rating']) ?? 'unknown',
    threat: null,
  };
}
