export { type AccountsStore, createAccountsStore } from './accounts-store.ts';
export { createAccountCommands } from './commands.ts';
export { createTryAccount } from './connection.ts';
