export type {
  Account,
  AdminByRequestAccount,
  AnswerChannel,
  AssistantAccess,
  Channel,
  ElicitationReach,
  Settings,
  ThreatLockerAccount,
} from './account.ts';
export { fingerprint, settingsDigest } from './digest.ts';
export { type AccountIo, type CommandResult, type FileContent, nodeIo } from './io.ts';
export { loadSettings, readAccountsFile } from './load.ts';
export { type Places, places } from './places.ts';
export { closed } from './problems.ts';
export { Secret } from './secret.ts';
export type { SecretReference } from './secret-reference.ts';
export { resolveSecret, SecretError, type SecretErrorKind, usableSecret } from './secrets.ts';
export { parseSettings, settingsFrom } from './settings.ts';
export { SettingsError, type SettingsErrorKind } from './settings-error.ts';
export { unattendedSecret } from './unattended.ts';
