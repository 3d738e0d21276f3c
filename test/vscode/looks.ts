import { execFile } from 'node:child_process';
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { EXTENSION } from './stage.ts';
import { OUT, type Workbench } from './workbench/index.ts';

const run = promisify(execFile);

/** With fewer, the red of a stop becomes the brown of a caution. */
const COLORS = '32';

/** Pictures of the run; git ignores them. */
const LOOKS = path.join(OUT, 'looks');

/**
 * Keeps a picture of the window once nothing in it is at work. Answers its path.
 *
 * @param without the selector of what stands at its top and is to be left out
 */
export async function picture(
  workbench: Workbench,
  name: string,
  { without }: { readonly without?: string } = {},
): Promise<string> {
  // Off whatever shows something while the mouse is over it.
  await workbench.page.mouse.move(0, 0);
  await workbench.settled();
  await mkdir(LOOKS, { recursive: true });
  const file = path.join(LOOKS, `${name.replaceAll(' ', '-')}.png`);
  const top = without === undefined ? null : await workbench.page.locator(without).boundingBox();
  const size = workbench.page.viewportSize();
  const clip =
    top && size ? { clip: { x: 0, y: top.height, width: size.width, height: size.height - top.height } } : {};
  await workbench.page.screenshot({ path: file, ...clip });
  return file;
}

/** Makes a picture the one in the extension's README, in few colours and packed well, since it is part of the package. */
export async function intoReadme(file: string): Promise<void> {
  const into = path.join(EXTENSION, 'media/review.png');
  try {
    await run('pngquant', ['--force', '--strip', '--speed', '1', '--nofs', '--output', into, COLORS, file]);
    await run('zopflipng', ['-y', into, into]);
  } catch (cause) {
    await copyFile(file, into);
    throw new Error(`pngquant and zopflipng have to be there; ${into} is as large as the screen's picture.`, { cause });
  }
}
