import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { chosenHost, type Host } from '../setup/host.ts';
import { OUT } from '../setup/out.ts';
import { type Appearance, appearanceOf, type Theme, themeSettings } from './appearance.ts';
import { launchBrowser } from './browser.ts';
import { type Development, develop } from './development.ts';
import { type Dialogs, dialogsOf } from './dialogs.ts';
import { fileName, keepEvidence, listenTo } from './evidence.ts';
import { addSettings, type Folders, makeFolders, type Settings } from './folders.ts';
import { isEditorKept } from './kept-editors.ts';
import { type QuickInput, quickInputOf } from './quick-input.ts';
import { installExtension, type Server, startServer } from './server.ts';
import { type Views, viewsOf } from './views.ts';

const START_TIMEOUT_MS = 60_000;
const WAIT_TIMEOUT_MS = 20_000;

export interface OpenWorkbench {
  /** Made beforehand by whoever puts files there; they go with the workbench. */
  readonly folders?: Folders;
  /** Folders of extensions to load as they are. */
  readonly development?: Development;
  /** A packaged extension to install. */
  readonly vsix?: string;
  /** `dark` by default. */
  readonly theme?: Theme;
  readonly settings?: Settings;
  /** For the server and, through it, for the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  readonly asksForTrust?: boolean;
  readonly size?: { readonly width: number; readonly height: number };
  /** 2 makes pictures for screens with fine pixels. */
  readonly scale?: number;
  /** Called before the workbench is loaded, to add functions that it may call. */
  readonly prepare?: (page: Page) => Promise<void>;
}

/** VS Code in a browser, and what a person does there. */
export interface Workbench extends Views, QuickInput, Dialogs, Appearance {
  readonly host: Host;
  readonly page: Page;
  readonly folders: Folders;
  readonly server: Server;
  /** Adds to the person's settings and loads the window again: this host doesn't look at the file otherwise. */
  changeSettings(settings: Settings): Promise<void>;
  /** The document of the webview that is in front. */
  webviewFrame(): FrameLocator;
  /** Loads the window again, as "Developer: Reload Window" does; with it the extension host begins anew. */
  reload(): Promise<void>;
  /** Whether VS Code has put away an editor with this text, to open it again after a reload; it does so every few seconds. */
  isEditorKept(text: string): Promise<boolean>;
  /** Waits until nothing says that it is still at work: no progress bar, no row that is loading. */
  settled(timeoutMs?: number): Promise<void>;
  /** Keeps a picture below `out`; answers its path. */
  screenshot(name: string): Promise<string>;
  /** Keeps picture, console and logs below `out/failures`; answers the folder. */
  keepEvidence(name: string): Promise<string>;
  /** Ends every process and removes every folder. */
  close(): Promise<void>;
}

async function load(page: Page, go: () => Promise<unknown>): Promise<void> {
  await go();
  await page.locator('.monaco-workbench .part.activitybar .action-item').first().waitFor({ timeout: START_TIMEOUT_MS });
}

/** Starts the server, and the browser with the workbench in it. Needs what `setup.ts` installs. */
export async function openWorkbench(options: OpenWorkbench = {}): Promise<Workbench> {
  const host = chosenHost(process.env);
  const folders = options.folders ?? (await makeFolders());
  await addSettings(folders, { ...themeSettings(options.theme ?? 'dark', host), ...options.settings });
  const serving = { host, folders, env: options.env ?? {}, asksForTrust: options.asksForTrust ?? false };
  if (options.vsix !== undefined) await installExtension(serving, options.vsix);
  const server = await startServer(serving);
  const browser = await launchBrowser(folders.home);
  const context = await browser.newContext({
    viewport: options.size ?? { width: 1280, height: 800 },
    deviceScaleFactor: options.scale ?? 1,
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(WAIT_TIMEOUT_MS);
  if (options.development) await develop(context, server.port, options.development);
  const page = await context.newPage();
  const said = listenTo(page);
  const evidence = (name: string) => keepEvidence(name, { page, said, server, folders });
  const close = async () => {
    await browser.close();
    await server.stop();
  };
  const reload = () => load(page, () => page.reload({ waitUntil: 'domcontentloaded' }));
  try {
    await options.prepare?.(page);
    const address = `${server.url}/?folder=${encodeURIComponent(folders.workspace)}`;
    await load(page, () => page.goto(address, { waitUntil: 'domcontentloaded' }));
  } catch (error) {
    await evidence('start');
    await close();
    throw error;
  }
  const quickInput = quickInputOf(page);
  return {
    ...viewsOf(page),
    ...quickInput,
    ...dialogsOf(page),
    ...appearanceOf(page, host, quickInput),
    host,
    page,
    folders,
    server,
    changeSettings: async (settings) => {
      await addSettings(folders, settings);
      await reload();
    },
    webviewFrame: () => page.frameLocator('iframe.webview.ready:visible').frameLocator('iframe#active-frame'),
    reload,
    isEditorKept: (text) => isEditorKept(page, text),
    settled: async (timeout = WAIT_TIMEOUT_MS) => {
      await page
        .locator('.monaco-progress-container.active, .codicon-tree-item-loading, .codicon-loading:visible')
        .first()
        .waitFor({ state: 'hidden', timeout });
    },
    screenshot: async (name) => {
      const file = path.join(OUT, `${fileName(name)}.png`);
      await mkdir(OUT, { recursive: true });
      await page.screenshot({ path: file });
      return file;
    },
    keepEvidence: evidence,
    close,
  };
}
