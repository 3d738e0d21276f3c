import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { findChromium } from '../setup/chromium.ts';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @param home for what it writes: its own settings, reports of crashes */
export async function launchBrowser(home: string): Promise<Browser> {
  const executablePath = findChromium(process.env);
  if (!executablePath) throw new Error('Chromium is missing. Run "npm run test:vscode", which sets it up.');
  const env = {
    ...process.env,
    HOME: home,
    XDG_CONFIG_HOME: path.join(home, '.config'),
    XDG_CACHE_HOME: path.join(home, '.cache'),
  };
  return chromium.launch({ executablePath, args: ARGS, env });
}
