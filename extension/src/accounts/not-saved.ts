/** `file`: the accounts file can't be written · `keyring`: the editor can't keep the secret · `overtaken`: it was changed elsewhere. */
export type NotSavedKind = 'file' | 'keyring' | 'overtaken';

/** Nothing was changed. Its message is a sentence for the person and holds no secret. */
export class NotSavedError extends Error {
  override readonly name = 'NotSavedError';
  readonly kind: NotSavedKind;

  constructor(kind: NotSavedKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
