import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSandbox } from '@countersign/shared/sandbox';
import { runTests } from '@vscode/test-electron';
import manifest from '../../extension/package.json' with { type: 'json' };
import { bundleSuite } from './bundle-suite.ts';
import { makeCompanion } from './make-companion.ts';
import { makePlace } from './place.ts';
import { EXTENSION } from './stage.ts';

// node test/vscode/run-in-host.ts [VERSION…]: the suite inside the extension host, over the sandbox. test-electron downloads each
// VERSION of VS Code (the current one and the manifest's floor, unless others are named), or, with VSCODE_TEST_EXECUTABLE, runs
// that program instead: code-stand-in.ts where VS Code can't be downloaded.

const FLOOR = manifest.engines.vscode.replace('^', '');
/** A system's own dialogs could not be closed by a suite. */
const SETTINGS = { 'files.simpleDialog.enable': true };

interface Suite {
  readonly suite: string;
  readonly companion: string;
}

async function run(
  { suite, companion }: Suite,
  vscode: { version?: string; vscodeExecutablePath?: string },
): Promise<void> {
  const sandbox = await startSandbox();
  const folder = await mkdtemp(path.join(tmpdir(), 'countersign-in-host-'));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      rmSync(folder, { recursive: true, force: true });
      process.exit(1);
    });
  }
  try {
    const place = await makePlace(path.join(folder, 'place'), sandbox);
    const [workspace, user] = [path.join(folder, 'workspace'), path.join(folder, 'user')];
    for (const one of [workspace, path.join(user, 'User')]) await mkdir(one, { recursive: true });
    await writeFile(path.join(user, 'User/settings.json'), JSON.stringify({ ...place.settings, ...SETTINGS }));
    await runTests({
      ...vscode,
      cachePath: path.join(import.meta.dirname, '.vscode-test'),
      extensionDevelopmentPath: [EXTENSION, companion],
      extensionTestsPath: suite,
      extensionTestsEnv: { ...place.env },
      launchArgs: [
        workspace,
        ...['--user-data-dir', user, '--extensions-dir', path.join(folder, 'extensions')],
        ...['--disable-extensions', '--disable-workspace-trust'],
      ],
    });
    // Nobody was there to confirm anything.
    if (sandbox.record.length > 0) throw new Error(`The suite wrote to the vendors ${sandbox.record.length} times.`);
  } finally {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const executable = process.env['VSCODE_TEST_EXECUTABLE'];
const versions = process.argv.slice(2);
const suite = { suite: await bundleSuite(), companion: await makeCompanion() };
if (executable !== undefined) await run(suite, { vscodeExecutablePath: path.resolve(executable) });
else for (const version of versions.length > 0 ? versions : ['stable', FLOOR]) await run(suite, { version });
