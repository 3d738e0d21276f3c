/** The names under which the extension is activated once more, beside itself. */
export const ANEW = { extension: 'countersign-anew', prefix: 'anew' } as const;

/** The same id among those of the second activation. Others, and names of the extension itself, stay as they are. */
export function anewId(id: string): string {
  return id.replace(/^countersign\.(?!countersign)/, `${ANEW.prefix}.`);
}
