// A file of its own, so that whoever never tries the sandbox never loads it.
export { sandboxAccounts, startSandbox } from '@countersign/shared/sandbox';
