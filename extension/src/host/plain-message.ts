/**
 * A text for a toast, in which the editor makes links of `[label](address)`, commands among them: none of ours has any, so
 * what looks like one was written by others.
 */
export function plainMessage(text: string): string {
  return text.replaceAll('](', '] (');
}

/** A text for an item that is chosen from a list, in which the editor draws `$(name)` as one of its signs. */
export function plainLabel(text: string): string {
  return text.replaceAll('$(', '\\$(');
}
