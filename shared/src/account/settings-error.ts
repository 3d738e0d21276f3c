export type SettingsErrorKind = 'nothing-configured' | 'unreadable' | 'invalid';

/** Settings that can't be used. Every problem is one sentence that names the place and what to do, and holds no value. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly kind: SettingsErrorKind;
  readonly problems: readonly string[];

  constructor(kind: SettingsErrorKind, problems: readonly string[], options?: ErrorOptions) {
    super(problems.join('\n'), options);
    this.kind = kind;
    this.problems = problems;
  }
}
