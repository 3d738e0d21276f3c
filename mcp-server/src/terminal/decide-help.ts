import { examples } from './examples.ts';
import { wrapped } from './layout.ts';
import type { Output } from './output.ts';

const APPROVE_NOTES = [
  "What is left out is as narrow as can be: a new application that holds only this file's hash, on this computer. Where there is a choice, it is shown with whom it reaches, and you take one. The plan is shown whole, and carried out once you have typed what it asks for, at the terminal: no option and no pipe answers instead. Admin By Request takes no options.",
  'A job carries back what people decided in a ticket system, where the account has an "unattended" secret for that. Nothing that a stop speaks against, that the requester approved, that opens an administrator session on a server, or that reaches further than the computer, is approved so. With "-" each line of standard input is one: { "request", "verdict": "approve", "countersignedBy", "ticket", "sha256"?, "application"?, "elevation"?, "expires"?, "comment"?, "notify"? }',
];
const APPROVE_EXAMPLES = examples(
  ['countersign approve acme/65430033', 'as narrowly as can be'],
  ['countersign approve acme/1 acme/2 --new', 'both, in one decision'],
  ['countersign approve acme/1 --elevation elevate --hours 4', 'with administrator rights for a while'],
  [
    "countersign approve acme/1 --by properties --path 'C:\\Tools\\*' --certificate CN=Acme",
    'what lies there and is signed so, not only this file',
  ],
  ['countersign approve acme-abr/1043 --json', 'for a script with a person at its terminal'],
  [
    'countersign approve acme-abr/1043 --countersigned-by "Kim Approver" --ticket INC0010042',
    'as Kim decided in the ticket',
  ],
  ['countersign approve - < decisions.jsonl', 'as was decided in many'],
);

const DENY_NOTES = [
  'Admin By Request mails the reason to the requester.',
  'A job carries back what people decided in a ticket system, where the account has an "unattended" secret for that. With "-" each line of standard input is one: { "request", "verdict": "deny", "countersignedBy", "ticket", "reason", "notify"? }',
];
const DENY_EXAMPLES = examples(
  ['countersign deny acme/1 --reason "Not a tool of ours."', 'once it was confirmed'],
  ['countersign deny acme-abr/1043 acme-abr/1044', 'asks for the reason that both get'],
  [
    'countersign deny acme-abr/1043 --countersigned-by "Kim Approver" --ticket INC0010042 --reason "Not needed."',
    'as Kim decided in the ticket',
  ],
  ['countersign deny - < decisions.jsonl', 'as was decided in many'],
);

/** What stands at the end of `approve --help`. */
export function approveHelp(output: Output): string {
  return helpOf(output, APPROVE_NOTES, APPROVE_EXAMPLES);
}

export function denyHelp(output: Output): string {
  return helpOf(output, DENY_NOTES, DENY_EXAMPLES);
}

function helpOf(output: Output, notes: readonly string[], more: string): string {
  return [...notes.flatMap((note) => ['', ...wrapped(output, note)]), more].join('\n');
}
