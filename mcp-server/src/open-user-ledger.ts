import { existsSync } from 'node:fs';
import { nodeIo, places } from '@countersign/shared/account';
import { ledgerFile, type OpenLedger, openLedger, type Sqlite } from '@countersign/shared/ledger';

/** Servers and commands have nothing else to do meanwhile, so SQLite itself may wait for others. */
const BUSY_TIMEOUT_MS = 5000;

/** Opens the ledger that all processes of this user share, or one in a folder of its own. @throws LedgerError */
export function openUserLedger(folder = stateFolder()): OpenLedger {
  return openLedger({
    folder,
    sqlite: loadSqlite(),
    busyTimeoutMs: BUSY_TIMEOUT_MS,
    retryForMs: BUSY_TIMEOUT_MS,
    now: Date.now,
    warn: (message) => process.stderr.write(`countersign: ${message}\n`),
  });
}

/** Looking makes no ledger where there is none. */
export function hasLedger(): boolean {
  return existsSync(ledgerFile(stateFolder()));
}

function stateFolder(): string {
  const { platform, env, homedir } = nodeIo();
  return places(platform, env, homedir).stateDir;
}

/** Node calls its SQLite experimental on stderr, up to 24; that one warning is left out, and no other. */
function loadSqlite(): Sqlite | undefined {
  const emit = process.emitWarning;
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    if (!/^SQLite is an experimental feature/.test(String(warning))) Reflect.apply(emit, process, [warning, ...rest]);
  };
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = emit;
  }
}
