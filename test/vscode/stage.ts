import path from 'node:path';
import { type RecordedWrite, type Sandbox, type SandboxOptions, startSandbox } from '@countersign/shared/sandbox';
import { type AccountsChange, makePlace, type Place } from './place.ts';
import { makeFolders, type OpenWorkbench, openWorkbench, type Workbench } from './workbench/index.ts';

/** The extension as it was built last. */
export const EXTENSION = path.resolve(import.meta.dirname, '../../extension');

const START_TIMEOUT_MS = 60_000;

export interface StageOptions {
  readonly sandbox?: SandboxOptions;
  /** Called before the window is opened. */
  readonly before?: (sandbox: Sandbox) => void;
  readonly accounts?: AccountsChange;
  /** Whether the extension knows these accounts from the start; it does by default. */
  readonly isConfigured?: boolean;
  /** Folders of further extensions, loaded beside ours as they are. */
  readonly besides?: readonly string[];
  readonly workbench?: Omit<OpenWorkbench, 'folders' | 'development' | 'vsix'>;
}

/** Both vendors, simulated in this process, and VS Code with the extension that talks to them. */
export interface Stage {
  readonly sandbox: Sandbox;
  readonly place: Place;
  readonly workbench: Workbench;
  /** Every attempt to write that names this request. */
  writesOn(id: string): readonly RecordedWrite[];
  close(): Promise<void>;
}

/** With COUNTERSIGN_VSIX the packaged extension is installed; else the built one is loaded from its folder. */
function extensions(besides: readonly string[]): Pick<OpenWorkbench, 'vsix' | 'development'> {
  const vsix = process.env['COUNTERSIGN_VSIX'];
  if (vsix === undefined) return { development: { extensions: [EXTENSION, ...besides] } };
  return { vsix: path.resolve(vsix), ...(besides.length === 0 ? {} : { development: { extensions: besides } }) };
}

/** The extension host starts after the window. */
async function started(workbench: Workbench): Promise<void> {
  try {
    await workbench.container('Countersign').waitFor({ timeout: START_TIMEOUT_MS });
  } catch (error) {
    await workbench.keepEvidence('start');
    await workbench.close();
    throw error;
  }
}

export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const sandbox = await startSandbox(options.sandbox);
  try {
    options.before?.(sandbox);
    const folders = await makeFolders();
    const place = await makePlace(folders.more, sandbox, options.accounts);
    const workbench = await openWorkbench({
      ...extensions(options.besides ?? []),
      ...options.workbench,
      folders,
      settings: { ...(options.isConfigured === false ? {} : place.settings), ...options.workbench?.settings },
      env: { ...place.env, ...options.workbench?.env },
    });
    await started(workbench);
    return {
      sandbox,
      place,
      workbench,
      writesOn: (id) => sandbox.record.filter((write) => write.requestIds.includes(id)),
      close: async () => {
        await workbench.close();
        await sandbox.close();
      },
    };
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}
