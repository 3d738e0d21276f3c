/** Called by VS Code. The views come with their own piece of work; nothing happens until then. */
export function activate(): void {
  // Nothing to set up yet.
}
