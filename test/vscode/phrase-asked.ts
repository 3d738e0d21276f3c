import type { Workbench } from './workbench/index.ts';

/** Waits until a phrase is asked for, as it is where a stop speaks against an approval; answers which. */
export async function phraseAsked({ quickMessage }: Workbench): Promise<string> {
  const asked = await quickMessage.filter({ hasText: 'type "' }).innerText();
  return /type "([^"]+)"/.exec(asked)?.[1] ?? '';
}
