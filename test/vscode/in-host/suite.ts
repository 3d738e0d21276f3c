import Mocha from 'mocha';
import { say } from './say.ts';

/** Called by VS Code inside its extension host; rejects when a test fails. */
export async function run(): Promise<void> {
  const mocha = new Mocha({
    ui: 'bdd',
    color: false,
    timeout: 60_000,
    reporter: 'spec',
    forbidOnly: true,
    forbidPending: true,
  });
  Mocha.reporters.Base.consoleLog = say;
  // What mocha does before it reads a file: from here on `describe` and `it` add to this suite.
  mocha.suite.emit('pre-require', {}, '', mocha);
  await import('./activation.host.ts');
  await import('./contributions.host.ts');
  await import('./commands.host.ts');
  await import('./trees.host.ts');
  await import('./settings.host.ts');
  await import('./notifications.host.ts');
  await import('./texts.host.ts');
  await import('./secrets.host.ts');
  await import('./mcp.host.ts');
  await import('./disposal.host.ts');
  const failures = await new Promise<number>((resolve) => {
    mocha.run(resolve);
  });
  if (failures > 0) throw new Error(`${failures} of the tests inside the extension host failed.`);
}
