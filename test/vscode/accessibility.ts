import axe from 'axe-core';
import type { Frame, FrameLocator } from 'playwright-core';

const GRAVE: readonly unknown[] = ['serious', 'critical'];

/** The frame itself, which takes a script past its page's policy, as a locator does not. */
async function frameOf(page: FrameLocator): Promise<Frame> {
  const root = await page.locator('html').elementHandle();
  const frame = await root?.ownerFrame();
  if (!frame) throw new Error('The page has no frame.');
  return frame;
}

/** What axe finds serious or critical in a page, a line for each element. */
export async function graveFindings(page: FrameLocator): Promise<readonly string[]> {
  const frame = await frameOf(page);
  await frame.evaluate(axe.source);
  const { violations } = await frame.evaluate(
    async () => await (globalThis as unknown as { axe: typeof axe }).axe.run({ exclude: [] }, { iframes: false }),
  );
  return violations
    .filter(({ impact }) => GRAVE.includes(impact))
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
}
