import { main } from './mcp.ts';

// Where an editor that brings its own Node starts the server.

await main(process.argv.slice(2));
