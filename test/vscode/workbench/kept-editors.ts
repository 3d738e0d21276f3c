import type { Page } from 'playwright-core';

/** Where VS Code in a browser keeps which editors are open: in a database for each folder, with one table. */
const PLACE = { prefix: 'vscode-web-state-db-', table: 'ItemTable', key: 'memento/workbench.parts.editor' };

/** Whether a text stands in what the window keeps of its editors. */
export async function isEditorKept(page: Page, text: string): Promise<boolean> {
  return await page.evaluate(
    async ({ wanted, prefix, table, key }) => {
      const answered = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      for (const { name = '' } of await indexedDB.databases()) {
        if (!name.startsWith(prefix)) continue;
        const database = await answered(indexedDB.open(name));
        const kept = await answered(database.transaction(table).objectStore(table).get(key));
        database.close();
        if (String(kept).includes(wanted)) return true;
      }
      return false;
    },
    { wanted: text, ...PLACE },
  );
}
