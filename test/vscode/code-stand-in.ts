#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { format, parseArgs } from 'node:util';
import { makeFolders, openWorkbench, type Settings } from './workbench/index.ts';

// Stands in for the `code` executable: test-electron starts it as it would VS Code, and it runs the suite in code-server's
// extension host, with a browser that nobody sees as the window.

/** Less than the test that starts it is given, so that what a stuck suite looks like is kept. */
const TIMEOUT_MS = 90_000;

const { values, positionals } = parseArgs({
  strict: false,
  options: {
    extensionDevelopmentPath: { type: 'string', multiple: true },
    extensionTestsPath: { type: 'string' },
    'user-data-dir': { type: 'string' },
    'extensions-dir': { type: 'string' },
  },
});
const { extensionDevelopmentPath, extensionTestsPath, 'user-data-dir': user } = values;
const extensions = (extensionDevelopmentPath ?? []).filter((folder) => typeof folder === 'string');
if (extensions.length === 0 || typeof extensionTestsPath !== 'string') {
  throw new Error(
    'This stands in for VS Code only to run tests: --extensionDevelopmentPath and --extensionTestsPath are missing.',
  );
}

async function personSettings(): Promise<Settings> {
  return typeof user === 'string' ? JSON.parse(await readFile(path.join(user, 'User/settings.json'), 'utf8')) : {};
}

const folders = await makeFolders();
const errors: string[] = [];
const ended = Promise.withResolvers<number>();
const timer = setTimeout(() => ended.reject(new Error('The suite did not end in time.')), TIMEOUT_MS);
const workbench = await openWorkbench({
  folders: { ...folders, workspace: positionals[0] ?? folders.workspace },
  settings: await personSettings(),
  env: Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      name.startsWith('COUNTERSIGN_') && value !== undefined ? [[name, value]] : [],
    ),
  ),
  development: { extensions, tests: extensionTestsPath },
  prepare: async (page) => {
    page.on('crash', () => ended.reject(new Error('The window crashed.')));
    await page.exposeFunction('codeAutomationLog', (type: string, args: readonly unknown[]) => {
      const line = format(...args);
      // The rest is the window's own talk, and tells something only when the suite fails.
      if (line.startsWith('[in-host]')) process.stdout.write(`${line}\n`);
      else if (type === 'error') errors.push(line);
    });
    await page.exposeFunction('codeAutomationExit', (code: number) => ended.resolve(code));
  },
});
try {
  process.exitCode = await ended.promise;
} catch (error) {
  errors.push(String(error));
  process.exitCode = 1;
}
if (process.exitCode !== 0) {
  process.stderr.write(
    `${errors.join('\n')}\nWhat was left: ${await workbench.keepEvidence(`in-host ${workbench.host.name}`)}\n`,
  );
}
clearTimeout(timer);
await workbench.close();
