import module from 'node:module';

// Built for any Node, because an old one has to be told so in a sentence; nothing newer may be loaded before the check.
const FLOOR = [22, 19] as const;
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < FLOOR[0] || (major === FLOOR[0] && minor < FLOOR[1])) {
  process.stderr.write(
    `countersign needs Node ${FLOOR.join('.')} or newer; this is ${process.version}. Install a current Node from https://nodejs.org and try again.\n`,
  );
  process.exitCode = 1;
} else {
  module.enableCompileCache?.();
  // zod would write a function for each schema at its first use, which takes a start longer than it saves. Its own setting
  // comes too late: what is loaded next makes its schemas at once.
  Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
  const run = process.argv[2] === 'mcp' ? import('./mcp.ts') : import('./terminal.ts');
  run
    .then(({ main }) => main(process.argv.slice(2)))
    .catch((error: unknown) => {
      process.stderr.write(`countersign stopped: ${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    });
}
