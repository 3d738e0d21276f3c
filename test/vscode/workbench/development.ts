import path from 'node:path';
import type { BrowserContext } from 'playwright-core';

export interface Development {
  /** Folders of extensions to load as they are, without installing them. */
  readonly extensions: readonly string[];
  /** A module whose `run` the extension host calls instead of waiting for a person. */
  readonly tests?: string;
}

/**
 * Puts development options into the workbench's own configuration before the workbench reads it. VS Code 1.139 ignores them in
 * `?payload=`, and answering the page's request ourselves makes Chromium refuse the workbench's connection.
 */
export async function develop(
  context: BrowserContext,
  port: number,
  { extensions, tests }: Development,
): Promise<void> {
  const place = (file: string) => ({
    scheme: 'vscode-remote',
    authority: `127.0.0.1:${port}`,
    path: path.resolve(file),
  });
  const options = {
    extensions: extensions.map(place),
    ...(tests === undefined ? {} : { extensionTestsPath: place(tests) }),
  };
  await context.addInitScript((added) => {
    const observer = new MutationObserver(() => {
      const element = document.getElementById('vscode-workbench-web-configuration');
      if (!element) return;
      observer.disconnect();
      const configuration = JSON.parse(element.getAttribute('data-settings') ?? '{}');
      configuration.developmentOptions = { ...configuration.developmentOptions, ...added };
      element.setAttribute('data-settings', JSON.stringify(configuration));
    });
    observer.observe(document, { childList: true, subtree: true });
  }, options);
}
