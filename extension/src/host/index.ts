export type { CommandHandler, CommandHandlers } from './commands.ts';
export type { Dialogs, PickItem, Step, StepPlace } from './dialogs.ts';
export { createDisposables } from './disposables.ts';
export { createEmitter, type Disposable, type Event } from './event.ts';
export type { Host, Log, McpServer, McpServers, SecretStore, StatusItem } from './host.ts';
export type { Panel } from './panels.ts';
export type { SettingValues } from './settings.ts';
export { type Ask, answered, inSteps } from './steps.ts';
export type { Icon, Mark, Row, TreeSource } from './tree.ts';
