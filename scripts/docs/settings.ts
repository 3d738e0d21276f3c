import { VARIABLES } from '../../shared/src/account/environment.ts';
import { settingsSchema } from '../../shared/src/account/schema.ts';
import { type Row, rowsOf, type Schema } from './fields.ts';
import { code, table, titled } from './markdown.ts';

const SECRET = 'where a secret is kept';
const PROVIDERS: Readonly<Record<string, string>> = {
  threatlocker: 'ThreatLocker',
  'admin-by-request': 'Admin By Request',
};

export function settingsPage(): string {
  const { accounts, ...sections } = schemaOf().properties ?? {};
  const kinds = accounts?.items?.oneOf ?? [];
  return titled(
    'Settings',
    `The accounts file is JSON: the one that \`COUNTERSIGN_CONFIG\` names, else \`accounts.json\` in the configuration folder, which \`countersign doctor\` prints. A key that is not known is refused, with the nearest one that is.

A secret never stands in it, only where it is kept: \`{ "env": NAME }\`, \`{ "file": PATH }\` (refused if others can read it) or \`{ "command": [PROGRAM, ARG…] }\`, which prints it and is run without a shell.`,
    '## `accounts`: a list, one for each tenant',
    ...kinds.map((kind) => accountPart(kind, kinds)),
    '### For both',
    settingsTable(rows(common(kinds))),
    ...Object.entries(sections).map(([name, section]) => `## ${code(name)}\n\n${settingsTable(rows(section))}`),
    '## Without a file',
    'These environment variables make an account for each vendor, called `threatlocker` and `admin-by-request`.',
    table(
      ['variable', 'setting'],
      VARIABLES.flatMap(({ id, required, optional }) => [
        ...Object.entries(required).map(([setting, name]) => [code(name), `${PROVIDERS[id]}: ${code(setting)}`]),
        ...Object.entries(optional).map(([setting, name]) => [
          code(name),
          `${PROVIDERS[id]}: ${code(setting)}, optional`,
        ]),
      ]),
    ),
    '## Places',
    table(
      ['variable', 'is'],
      [
        [code('COUNTERSIGN_CONFIG'), 'The accounts file, in place of the one in the configuration folder.'],
        [
          code('COUNTERSIGN_STATE_DIR'),
          'The folder of the ledger, the same for every process of a user: an absolute path.',
        ],
        [
          code('COUNTERSIGN_APPROVER_KEY'),
          'The public key of the editor that starts the server, beside those in the file.',
        ],
      ],
    ),
  );
}

function schemaOf(): Schema {
  return settingsSchema.toJSONSchema({ io: 'input', unrepresentable: 'any' }) as Schema;
}

const settingsTable = (given: readonly Row[]) => table(['setting', 'is', 'meaning'], given);

/** @throws where a setting says nothing about itself */
function rows(schema: Schema): readonly Row[] {
  const isOne = (row: Row) => /^`severity\./.test(row[0]);
  const found = rowsOf(schema, SECRET).filter((row) => !isOne(row));
  const silent = found.find(([, , meaning]) => meaning === '');
  if (silent)
    throw new Error(`The setting ${silent[0]} has no description; say in shared/src/account/schema.ts what it is.`);
  return found;
}

function accountPart(kind: Schema, kinds: readonly Schema[]): string {
  const { provider, ...own } = differing(kind, kinds);
  const name = String(provider?.const);
  return `### ${PROVIDERS[name]}: \`"provider": "${name}"\`\n\n${settingsTable(rows({ ...kind, properties: own }))}`;
}

/** What no other kind has, or has otherwise. */
function differing(kind: Schema, kinds: readonly Schema[]): Readonly<Record<string, Schema>> {
  const shared = common(kinds).properties ?? {};
  return Object.fromEntries(Object.entries(kind.properties ?? {}).filter(([key]) => !(key in shared)));
}

function common([first, ...others]: readonly Schema[]): Schema {
  const isInAll = (key: string, field: Schema) =>
    others.every(({ properties }) => JSON.stringify(properties?.[key]) === JSON.stringify(field));
  const properties = Object.entries(first?.properties ?? {}).filter(([key, field]) => isInAll(key, field));
  return { ...first, properties: Object.fromEntries(properties) };
}
