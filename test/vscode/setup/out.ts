import path from 'node:path';

/** Pictures and logs of runs; git ignores it. */
export const OUT = path.join(import.meta.dirname, '../out');
