import { type AccountIo, readAccountsFile } from '@countersign/shared/account';
import { createEmitter, type Disposable, type Event, type Host } from '../host/index.ts';
import { watchFile } from './watch-file.ts';

/** Tells of every change of what is in use: the file, which file it is, and the secrets. */
export interface Changes {
  readonly event: Event<void>;
  /** Runs what changes the file or secrets, and tells of it once. @param expect to be given the file's new text before it is there */
  during<T>(work: (expect: (text: string | null) => void) => Promise<T>): Promise<T>;
}

/** Names of variables; the editor's own key is kept under none. */
const SECRET_NAME = /^\w+$/;

export function followChanges(host: Host, file: () => string, io: AccountIo): Changes {
  const changed = createEmitter<void>();
  let watching: Disposable | null = null;
  /** The text that was told of last; `undefined`: not looked at yet, or unreadable. */
  let seen: string | null | undefined;
  let atWork = 0;
  /** Counts what is done here, so that what was looked at before or meanwhile is not taken for the newest. */
  let round = 0;
  const look = async () => {
    const begun = round;
    const text = await readAccountsFile(file(), io).catch(() => undefined);
    if (atWork > 0 || begun !== round || (text === seen && text !== undefined)) return;
    seen = text;
    changed.fire();
  };
  const watchAnew = () => {
    watching?.dispose();
    seen = undefined;
    watching = watchFile(file(), () => void look());
  };
  watchAnew();
  host.subscriptions.add({ dispose: () => watching?.dispose() });
  host.subscriptions.add(
    host.settings.onDidChange((name) => {
      if (name !== 'accountsFile') return;
      watchAnew();
      changed.fire();
    }),
  );
  host.subscriptions.add(
    host.secrets.onDidChange((name) => {
      if (SECRET_NAME.test(name) && atWork === 0) changed.fire();
    }),
  );
  return {
    event: changed.event,
    during: async (work) => {
      atWork += 1;
      round += 1;
      try {
        const result = await work((text) => {
          seen = text;
        });
        // The editor may not tell a window of the secrets that it stored itself.
        changed.fire();
        return result;
      } finally {
        atWork -= 1;
      }
    },
  };
}
