/** The last part of a path; a drive or folder alone is its own name. */
export function nameIn(path: string | null): string | null {
  return path?.split(/[\\/]/).findLast((part) => part !== '') ?? path;
}
