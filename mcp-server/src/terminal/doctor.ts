import {
  type Account,
  nodeIo,
  type Places,
  places,
  SecretError,
  type Settings,
  SettingsError,
  unattendedSecret,
} from '@countersign/shared/account';
import { PROVIDER_NAMES } from '@countersign/shared/approval';
import { VendorError } from '@countersign/shared/http';
import type { AccountEntry, Check, Provider } from '@countersign/shared/provider';
import { cleanLine } from '@countersign/shared/text';
import type { Runtime } from '../runtime.ts';
import { VERSION } from '../version.ts';
import { type ExitCode, FAILED, SHOWN } from './exit-code.ts';
import { facts, wrapped } from './layout.ts';
import { type Output, painted, type Style, write } from './output.ts';
import { whileWorking } from './progress.ts';
import { SANDBOX_HINT } from './view/words.ts';

interface Report {
  /** `null` where an environment variable makes them unusable. */
  readonly places: Places | null;
  readonly settings: Settings | null;
  readonly problems: readonly string[];
  readonly accounts: readonly (AccountEntry & { readonly checks: readonly Check[] })[];
}

/** What works and, where it doesn't, why. */
export async function doctor(
  options: { readonly json?: boolean },
  { book }: Runtime,
  output: Output,
): Promise<ExitCode> {
  const report = await whileWorking(output, 'Trying what works', examine(book));
  if (options.json) output.out(JSON.stringify(asJson(report), null, 2));
  else write(output, asText(report, output));
  const fails = report.accounts.some(({ checks }) => checks.some(({ state }) => state === 'fails'));
  return report.problems.length > 0 || fails ? FAILED : SHOWN;
}

async function examine(book: Runtime['book']): Promise<Report> {
  const { platform, env, homedir } = nodeIo();
  const where = await usable(async () => places(platform, env, homedir));
  const accounts = await usable(() => book.now());
  return {
    places: where.value,
    settings: accounts.value?.settings ?? null,
    problems: [...new Set([...where.problems, ...accounts.problems])],
    accounts: await Promise.all(
      (accounts.value?.entries ?? []).map(async (entry) => ({
        ...entry,
        checks: [...(await checksOf(entry.provider)), ...(await unattendedCheck(entry.account))],
      })),
    ),
  };
}

async function usable<T>(
  read: () => Promise<T>,
): Promise<{ readonly value: T | null; readonly problems: readonly string[] }> {
  try {
    return { value: await read(), problems: [] };
  } catch (error) {
    if (error instanceof SettingsError) return { value: null, problems: error.problems };
    throw error;
  }
}

async function checksOf(provider: Provider): Promise<readonly Check[]> {
  try {
    const checks = await provider.diagnose();
    return checks.map(({ name, state, message }) => ({ name, state, message: cleanLine(message, 2500) }));
  } catch (error) {
    if (error instanceof VendorError) return [{ name: 'account', state: 'fails', message: error.message }];
    throw error;
  }
}

/** Nothing is said of an account that takes no unattended decisions: it need not. */
async function unattendedCheck(account: Account): Promise<readonly Check[]> {
  if (!account.unattended) return [];
  const name = 'unattended';
  try {
    await unattendedSecret(account);
    const message = 'Its secret is there: whoever holds it can carry back decisions of a ticket system.';
    return [{ name, state: 'works', message }];
  } catch (error) {
    if (error instanceof SecretError) return [{ name, state: 'fails', message: cleanLine(error.message, 500) }];
    throw error;
  }
}

function asJson({ places: where, settings, problems, accounts }: Report) {
  return {
    version: VERSION,
    node: process.versions.node,
    accountsFile: settings ? settings.file : (where?.configFile ?? null),
    stateFolder: where?.stateDir ?? null,
    problems,
    accounts: accounts.map(({ account, checks }) => ({
      account: account.id,
      provider: account.provider,
      host: account.host,
      sandbox: account.sandbox,
      checks,
    })),
  };
}

const STATES: Readonly<Record<Check['state'], readonly [text: string, style: Style]>> = {
  works: ['✓ works', 'green'],
  fails: ['✗ FAILS', 'red'],
  unknown: ['? unknown', 'yellow'],
};

function asText({ places: where, settings, problems, accounts }: Report, output: Output): readonly string[] {
  const file =
    settings === null
      ? where?.configFile
      : (settings.file ?? `none; environment variables (else ${where?.configFile})`);
  return [
    ...facts(
      output,
      [
        { label: 'countersign', text: VERSION },
        { label: 'Node', text: `${process.versions.node} (${process.platform})` },
        { label: 'Accounts', text: file },
        { label: 'State', text: where?.stateDir },
      ],
      '',
    ),
    ...problems.flatMap((problem, index) => [
      ...(index === 0 ? ['', painted(output, 'red', "✗ The accounts can't be used:")] : []),
      ...wrapped(output, problem, '  '),
    ]),
    ...accounts.flatMap(({ account, checks }) => [
      '',
      `${painted(output, 'bold', account.id)}  ${account.sandbox ? `${painted(output, 'yellow', 'SANDBOX')} ` : ''}${PROVIDER_NAMES[account.provider]} at ${account.host}`,
      ...checks.flatMap((check) => checkLines(output, check)),
      ...(account.sandbox && checks.some(({ state }) => state === 'fails') ? wrapped(output, SANDBOX_HINT, '  ') : []),
    ]),
  ];
}

function checkLines(output: Output, { name, state, message }: Check): readonly string[] {
  const [text, style] = STATES[state];
  return [`  ${painted(output, style, text.padEnd(9))}  ${name}`, ...wrapped(output, message, ' '.repeat(13))];
}
