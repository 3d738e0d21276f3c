import type { Workbench } from './workbench/index.ts';

/** The public key by which servers know this editor, had as a person has it: copied by a command. */
export async function approverKey({ statusBar, runCommand, told, page }: Workbench): Promise<string> {
  // The palette offers no decisions before they are possible.
  await statusBar('Countersign').waitFor();
  await runCommand("Countersign: Copy This Editor's Approver Key");
  await told(/approver key .*was copied/);
  return await page.evaluate(() => navigator.clipboard.readText());
}
