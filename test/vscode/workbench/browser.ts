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

export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium(process.env);
  if (!executablePath) throw new Error('Chromium is missing. Run "npm run test:vscode", which sets it up.');
  return chromium.launch({ executablePath, args: ARGS });
}
