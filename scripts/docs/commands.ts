import { commands } from '../../mcp-server/src/terminal/commands.ts';
import { exitCodeOf } from '../../mcp-server/src/terminal/exit-code.ts';
import { nodeSurroundings } from '../../mcp-server/src/terminal/surroundings.ts';
import type { DecisionStatus } from '../../shared/src/approval/index.ts';
import { code, table, titled } from './markdown.ts';

type Command = ReturnType<typeof commands>;

export function commandsPage(): string {
  const program = commands(nodeSurroundings(), () => undefined);
  return titled(
    'Commands',
    `${program.description()} \`--help\` behind any command tells the same.`,
    ...shownIn(program).map((command) => commandPart(command, program.name())),
    '## Exit codes',
    table(
      ['code', 'is', 'for a decision'],
      CODES.map((says, exit) => [String(exit), says, statusesOf(exit)]),
    ),
  );
}

/** What is to be shown of a command, those below it in its place. */
function shownIn(command: Command): readonly Command[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .filter((below) => below.name() !== 'help')
    .flatMap((below) => (below.commands.length === 0 ? [below] : shownIn(below)));
}

function commandPart(command: Command, program: string): string {
  const names = [command.name()];
  for (let above = command.parent; above && above.name() !== program; above = above.parent) names.unshift(above.name());
  const taken = command.registeredArguments.map((one) => {
    const name = `${one.name()}${one.variadic ? '...' : ''}`;
    return one.required ? ` <${name}>` : ` [${name}]`;
  });
  const help = command.createHelp();
  const rows = [
    ...command.registeredArguments.map((one) => [code(one.name()), one.description]),
    ...help
      .visibleOptions(command)
      .filter((option) => option.long !== '--help')
      .map((option) => [code(option.flags), help.optionDescription(option)]),
  ];
  return [
    `## ${code(`${program} ${names.join(' ')}${taken.join('')}`)}`,
    `${command.description()}.`,
    table(['', ''], rows),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

const CODES = [
  'shown, or carried out',
  'something failed or could not be read',
  'wrong usage',
  'nothing was decided by it',
  'it is unclear what was decided (also `not-applied`, where it may still take effect), or it was carried out and standard output could not tell of it',
] as const;

/** Named with `satisfies`, so that a new status can't be forgotten. */
const STATUSES = Object.keys({
  applied: 0,
  'already-handled': 0,
  'needs-choice': 0,
  refused: 0,
  declined: 0,
  expired: 0,
  'awaiting-confirmation': 0,
  'not-applied': 0,
  unknown: 0,
  partial: 0,
} satisfies Record<DecisionStatus, 0>) as readonly DecisionStatus[];

function statusesOf(exit: number): string {
  return STATUSES.filter((status) => exitCodeOf({ status, targets: [] }) === exit)
    .map(code)
    .join(' ');
}
