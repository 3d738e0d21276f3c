export { createCopyCommands } from './copy-commands.ts';
export { createDecideCommands } from './decide.ts';
export { knownAddress, virusTotalAddress } from './known-addresses.ts';
export { createLookUpCommands } from './look-up-commands.ts';
export { createQueueCommands } from './queue-commands.ts';
