import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { OUT } from '../setup/out.ts';
import type { Folders } from './folders.ts';
import type { Server } from './server.ts';

const MOST_LINES = 5000;

/** A name that any file system takes. */
export function fileName(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 120);
}

/** What a page has said in its console since this was called. */
export function listenTo(page: Page): () => string {
  const lines: string[] = [];
  const note = (line: string) => {
    if (lines.length < MOST_LINES) lines.push(line);
  };
  page.on('console', (message) => note(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => note(`error nobody caught: ${error.stack ?? error.message}`));
  page.on('crash', () => note('the page crashed'));
  return () => lines.join('\n');
}

/** What the folder of VS Code's logs holds: of the server, of extension hosts, of each extension's log channel. */
async function keepLogs(folders: Folders, into: string): Promise<void> {
  const logs = path.join(folders.userData, 'logs');
  if ((await readdir(folders.userData)).includes('logs')) await cp(logs, path.join(into, 'logs'), { recursive: true });
}

/** Keeps all that may tell what went wrong. Answers the folder. */
export async function keepEvidence(
  name: string,
  { page, said, server, folders }: { page: Page; said: () => string; server: Server; folders: Folders },
): Promise<string> {
  const into = path.join(OUT, 'failures', fileName(name));
  await rm(into, { recursive: true, force: true });
  await mkdir(into, { recursive: true });
  await writeFile(path.join(into, 'console.txt'), said());
  await writeFile(path.join(into, 'server.txt'), server.log);
  await keepLogs(folders, into);
  if (!page.isClosed()) {
    await page.screenshot({ path: path.join(into, 'page.png') });
    await writeFile(path.join(into, 'page.yaml'), await page.locator('body').ariaSnapshot());
  }
  return into;
}
