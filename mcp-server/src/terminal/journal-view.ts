import { quoted } from '@countersign/shared/text';
import type { JournalLine } from './journal-line.ts';
import { shortened, widthOf } from './layout.ts';
import { type Output, painted } from './output.ts';
import { type Column, table } from './table.ts';
import { VERBS } from './view/words.ts';

const COLUMNS: readonly Column[] = [
  { title: 'LINE', min: 4, max: 9 },
  { title: 'WHEN (UTC)', min: 19, max: 19 },
  { title: 'WHAT', min: 20, max: 44 },
  { title: 'REQUEST', min: 16, max: 60 },
];
const INDENT = '  ';
/** Columns that stay empty on the right. */
const EDGE = 2;

export function journalTable(output: Output, lines: readonly JournalLine[]): string {
  return table(
    output,
    COLUMNS,
    lines.map((line) => ({
      cells: [String(line.seq), line.at.slice(0, 19).replace('T', ' '), what(line), requestsOf(line)],
      below: [below(output, line)],
    })),
  );
}

const VERDICTS: Readonly<Record<string, string>> = VERBS;

const CHANNELS: Readonly<Record<string, string>> = {
  extension: 'in VS Code',
  elicitation: 'as reported by the client',
  terminal: 'at a terminal',
  unattended: 'in a ticket',
};

const PHASES: Readonly<Record<string, string>> = {
  planned: 'planned',
  confirmed: 'a person confirmed',
  declined: 'a person declined',
  executing: 'begun',
  reconciled: 'looked up afterwards',
  applied: 'carried out',
  'not-applied': 'not carried out',
  'already-handled': 'was handled already',
  refused: 'refused',
  expired: 'expired',
  unknown: 'unclear whether carried out',
};

/** A word that we don't know stands there as it is. */
function what({ phase, verdict, channel, client, status }: JournalLine): string {
  const verb = verdict === null ? '' : `${VERDICTS[verdict] ?? verdict}: `;
  const step = PHASES[phase] ?? phase;
  const found = phase === 'reconciled' && status !== null ? `, ${PHASES[status] ?? status}` : '';
  const isAPersons = phase === 'confirmed' || phase === 'declined';
  const where = isAPersons && channel !== null ? ` ${CHANNELS[channel] ?? channel}` : '';
  const who = phase === 'planned' && client !== null ? ` for ${client}` : '';
  return `${verb}${step}${found}${where}${who}`;
}

function whose({ who, ticket }: JournalLine): string | null {
  if (who === null) return null;
  return ticket === null ? `by ${who}` : `countersigned by ${quoted(who)} for ticket ${quoted(ticket)}, unattended`;
}

function requestsOf({ requests: [first = '–', ...others] }: JournalLine): string {
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

function below(output: Output, line: JournalLine): string {
  const { decision, message } = line;
  const room = widthOf(output) - INDENT.length - EDGE - decision.length - INDENT.length;
  const said = [whose(line), message].filter((part) => part !== null).join(': ');
  const words = said === '' ? '' : `${INDENT}${shortened(said, Math.max(1, room))}`;
  return INDENT + painted(output, 'dim', decision) + words;
}
