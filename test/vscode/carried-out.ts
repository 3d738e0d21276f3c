import type { Locator } from 'playwright-core';
import type { Workbench } from './workbench/index.ts';

/** A decision that is said to be carried out, by its title; not one that is being carried out, or was not, or not wholly. */
export function carriedOut({ row, page }: Workbench, title: string): Locator {
  return row(title, 'Decided').filter({ has: page.locator('.label-description', { hasText: /^\s*carried out · / }) });
}
