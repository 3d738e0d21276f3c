export { type AccountsStore, createAccountsStore } from './accounts-store.ts';
