import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import manifest from '../../extension/package.json' with { type: 'json' };
import { ANEW } from './in-host/names.ts';
import { EXTENSION } from './stage.ts';
import { OUT } from './workbench/index.ts';

const MAIN = "exports.activate = (context) => ({ context, vscode: require('vscode') });\n";

/**
 * Makes an extension that contributes the views and the MCP server provider of ours under other names, and hands over what VS Code
 * gives to an extension: so that a suite can activate the extension's code again and again, over the real interface. Answers its folder.
 */
export async function makeCompanion(): Promise<string> {
  const folder = path.join(OUT, 'in-host/companion');
  const { viewsContainers, views, viewsWelcome, mcpServerDefinitionProviders } = manifest.contributes;
  const [container] = viewsContainers.activitybar;
  const contributes = {
    viewsContainers: { activitybar: [{ ...container, id: ANEW.prefix }] },
    views: { [ANEW.prefix]: views.countersign },
    viewsWelcome,
    mcpServerDefinitionProviders,
  };
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await cp(path.join(EXTENSION, 'package.nls.json'), path.join(folder, 'package.nls.json'));
  await cp(path.join(EXTENSION, 'media/activity.svg'), path.join(folder, 'media/activity.svg'));
  await writeFile(path.join(folder, 'main.cjs'), MAIN);
  await writeFile(
    path.join(folder, 'package.json'),
    JSON.stringify({
      name: ANEW.extension,
      publisher: manifest.publisher,
      version: manifest.version,
      engines: manifest.engines,
      extensionKind: manifest.extensionKind,
      main: './main.cjs',
      contributes: JSON.parse(JSON.stringify(contributes).replaceAll('countersign.', `${ANEW.prefix}.`)),
    }),
  );
  return folder;
}
