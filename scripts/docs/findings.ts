import { FINDING_IDS, SURROUNDING_FINDING_IDS } from '../../shared/src/approval/index.ts';
import { CATALOGUE } from '../../shared/src/triage/catalogue.ts';
import { code, table, titled } from './markdown.ts';

const SURROUNDINGS = `What is read beside a request (${SURROUNDING_FINDING_IDS.map(code).join(', ')}) is not looked for when a decision is planned, so that it can be no \`stop\`.`;

export function findingsPage(): string {
  return titled(
    'Findings',
    "What a person should notice before deciding, gravest first; each comes with the fact that it rests on. A `stop` is never approved through an assistant's client, and at a terminal or in VS Code only after `despite` and its id were typed as well; `scan-malicious` is not approved from here at all. None restricts a denial. `guardrails.severity` in the [settings](settings.md) weighs any of them anew.",
    SURROUNDINGS,
    table(
      ['finding', 'severity', 'where the rule comes from'],
      FINDING_IDS.map((id) => [code(id), CATALOGUE[id].severity, CATALOGUE[id].source]),
    ),
  );
}
