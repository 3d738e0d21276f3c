import type { Workbench } from './workbench/index.ts';

/** The public key by which servers know this editor, had as a person has it: copied by a command. */
export async function approverKey({ statusBar, runCommand, notification, page }: Workbench): Promise<string> {
  // The palette offers no decisions before they are possible.
  await statusBar('Countersign').waitFor();
  await runCommand("Countersign: Copy This Editor's Approver Key");
  await notification(/approver key .*was copied/).waitFor();
  return await page.evaluate(() => navigator.clipboard.readText());
}
