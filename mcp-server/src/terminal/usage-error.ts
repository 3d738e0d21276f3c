/** The command was called in a way that means nothing; its message says what would. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
