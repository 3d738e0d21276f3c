export type { Theme } from './appearance.ts';
export type { Modal } from './dialogs.ts';
export { OUT } from './evidence.ts';
export { type Folders, makeFolders, type Settings } from './folders.ts';
export type { Row } from './views.ts';
export { type OpenWorkbench, openWorkbench, type Workbench } from './workbench.ts';
