import { commandsPage } from './commands.ts';
import { findingsPage } from './findings.ts';
import { manifestFiles } from './manifest.ts';
import { REVISIONS, serverLists } from './server-lists.ts';
import { settingsPage } from './settings.ts';
import { toolsPage } from './tools.ts';

/** Every file of the reference, by its path, as it should be. Starts the server as it was built. */
export async function referenceFiles(): Promise<Readonly<Record<string, string>>> {
  const files: Record<string, string> = {
    'docs/settings.md': settingsPage(),
    'docs/commands.md': commandsPage(),
    'docs/findings.md': findingsPage(),
    ...manifestFiles(),
  };
  for (const revision of REVISIONS) {
    const lists = await serverLists(revision);
    files['docs/tools.md'] = toolsPage(lists);
    files[`docs/tools-list.${revision}.json`] = `${JSON.stringify(lists.tools, null, 2)}\n`;
  }
  return files;
}
