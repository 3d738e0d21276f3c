export { createDecideCommands } from './decide.ts';
