export type Severity = 'info' | 'caution' | 'stop';

/** One observation about a request, with the fact it rests on, so that a person can disagree. */
export interface Finding {
  readonly id: string;
  readonly severity: Severity;
  readonly fact: string;
  readonly message: string;
}
