/**
 * A text for a toast, in which the editor makes links of `[label](address)`, commands among them: none of ours has any, so
 * what looks like one was written by others.
 */
export function plainMessage(text: string): string {
  return text.replaceAll('](', '] (');
}
