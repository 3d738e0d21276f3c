export type { Theme } from './appearance.ts';
export { OUT } from './evidence.ts';
export { makeFolders, type Settings } from './folders.ts';
export { type OpenWorkbench, openWorkbench, type Workbench } from './workbench.ts';
