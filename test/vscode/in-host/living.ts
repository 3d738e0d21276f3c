import { createHook } from 'node:async_hooks';
import { readdirSync, readlinkSync } from 'node:fs';

/** Of the process, whether they keep it alive or not: `getActiveResourcesInfo` knows only those that do. */
const COUNTED = [
  'FSEVENTWRAP',
  'HTTPINCOMINGMESSAGE',
  'MESSAGEPORT',
  'PIPEWRAP',
  'PROCESSWRAP',
  'STATWATCHER',
  'TCPSERVERWRAP',
  'TCPWRAP',
  'TLSWRAP',
  'Timeout',
  'WORKER',
];

/** Handles of this process that live, by their kind. */
export interface Living {
  count(): Readonly<Record<string, number>>;
  stop(): void;
}

/** Counts what is made from now on. */
export function countLiving(): Living {
  const kinds = new Map<number, string>();
  const hook = createHook({
    init: (id, type) => {
      if (COUNTED.includes(type)) kinds.set(id, type);
    },
    destroy: (id) => {
      kinds.delete(id);
    },
  }).enable();
  return {
    count: () => {
      const counts: Record<string, number> = {};
      for (const kind of kinds.values()) counts[kind] = (counts[kind] ?? 0) + 1;
      for (const event of process.eventNames()) counts[`on ${String(event)}`] = process.listenerCount(event);
      for (const kind of process.getActiveResourcesInfo())
        counts[`active ${kind}`] = (counts[`active ${kind}`] ?? 0) + 1;
      return counts;
    },
    stop: () => {
      hook.disable();
    },
  };
}

/** Files below a folder that this process holds open, as far as the system tells. */
export function openFiles(folder: string): readonly string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const file = readlinkSync(`/proc/self/fd/${fd}`);
      return file.startsWith(`${folder}/`) ? [file] : [];
    } catch {
      // Closed since.
      return [];
    }
  });
}
