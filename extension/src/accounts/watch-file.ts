import { watch } from 'node:fs';
import path from 'node:path';
import type { Disposable } from '../host/index.ts';

const NOTHING: Disposable = { dispose: () => undefined };

/**
 * Tells when something happens to a file, whoever did it. Its folder is watched, since files are replaced by others of their
 * name. Where a system can't watch, nothing is told: whoever works with the file reads it anew now and then anyway.
 */
export function watchFile(file: string, onChange: () => void): Disposable {
  try {
    const watcher = watch(path.dirname(file), { persistent: false }, (_event, name) => {
      if (name === null || name === path.basename(file)) onChange();
    });
    watcher.on('error', () => watcher.close());
    return { dispose: () => watcher.close() };
  } catch {
    return NOTHING;
  }
}
