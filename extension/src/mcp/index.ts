export { createMcpCommands } from './commands.ts';
export { createMcpServers } from './servers.ts';
