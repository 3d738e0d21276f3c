export { OUT } from '../setup/out.ts';
export type { Theme } from './appearance.ts';
export { makeFolders, type Settings } from './folders.ts';
export { type OpenWorkbench, openWorkbench, type Workbench } from './workbench.ts';
