/**
 * What panel and page say to each other, as plain data. Every text is ready to be shown: cleaned, capped and in the editor's
 * language. The page draws it as text and nothing else; what something is or means is decided by the panel.
 */
export type ToPage =
  | { readonly type: 'hello'; readonly words: PageWords }
  | { readonly type: 'header'; readonly header: Header }
  | { readonly type: 'banner'; readonly banner: Banner | null }
  /** The sections that there are, in their order; others go. */
  | { readonly type: 'layout'; readonly sections: readonly SectionId[] }
  | { readonly type: 'section'; readonly section: Section }
  | { readonly type: 'decide'; readonly decide: DecideView }
  /** Told to whoever listens to the page; shown for a moment. */
  | { readonly type: 'said'; readonly text: string };

/** Ids in these are looked up among what the panel itself offered. */
export type FromPage =
  /** The page was drawn, for the first time or again: it knows nothing yet. */
  | { readonly type: 'ready' }
  | { readonly type: 'read'; readonly part: PartId }
  | { readonly type: 'reload' }
  | { readonly type: 'copy' | 'open' | 'review'; readonly id: string }
  | { readonly type: 'choose'; readonly draft: Draft; readonly changed: DraftField; readonly revision: number }
  | { readonly type: 'search'; readonly draft: Draft; readonly revision: number }
  | { readonly type: 'decide'; readonly verdict: PageVerdict; readonly draft: Draft; readonly revision: number };

export const PAGE_VERDICTS = ['approve', 'deny', 'take-ownership'] as const;
export type PageVerdict = (typeof PAGE_VERDICTS)[number];

/** Words of the page's own. */
export interface PageWords {
  readonly skip: string;
  readonly loading: string;
  readonly notRead: string;
  readonly tryAgain: string;
}

/** How something is meant; every tone also has its word in the text beside it, so that none rests on colour alone. */
export type Tone = 'plain' | 'good' | 'doubt' | 'bad';

export interface Header {
  readonly title: string;
  readonly badges: readonly { readonly text: string; readonly tone: Tone }[];
  readonly rows: readonly FactRow[];
}

export interface Banner {
  readonly tone: Tone;
  readonly title: string;
  readonly lines: readonly string[];
  /** A button that reads everything again. */
  readonly reload: string | null;
}

export const SECTION_IDS = ['findings', 'facts', 'matching', 'research', 'history', 'elsewhere', 'raw'] as const;
export type SectionId = (typeof SECTION_IDS)[number];

export interface Section {
  readonly id: SectionId;
  readonly title: string;
  readonly parts: readonly Part[];
}

export const PART_IDS = [
  'findings',
  'facts',
  'matching',
  'research',
  'ours',
  'vendor',
  'history-file',
  'history-computer',
  'history-user',
  'elsewhere',
  'raw',
  'options',
] as const;
export type PartId = (typeof PART_IDS)[number];

/** What is read by itself, and may fail by itself. */
export interface Part {
  readonly id: PartId;
  /** `null`: the section's own title suffices. */
  readonly title: string | null;
  readonly state: PartState;
}

export type PartState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly message: string }
  /** Read when somebody asks for it. */
  | { readonly kind: 'unread'; readonly action: string }
  | { readonly kind: 'read'; readonly blocks: readonly Block[] };

export type Block =
  | { readonly kind: 'facts'; readonly rows: readonly FactRow[] }
  | { readonly kind: 'note'; readonly text: string; readonly tone: Tone }
  /** What somebody else wrote, set apart as their words. */
  | { readonly kind: 'quote'; readonly label: string; readonly text: string }
  | { readonly kind: 'items'; readonly items: readonly Item[] }
  | { readonly kind: 'code'; readonly label: string; readonly text: string };

export interface FactRow {
  readonly label: string;
  readonly values: readonly FactValue[];
}

export interface FactValue {
  readonly text: string;
  readonly tone: Tone;
  readonly isCode?: true;
  readonly button?: Button;
}

export interface Item {
  readonly badge?: { readonly text: string; readonly tone: Tone };
  readonly title: string;
  readonly lines: readonly string[];
  readonly button?: Button;
}

export interface Button {
  readonly does: 'copy' | 'open' | 'review';
  readonly id: string;
  readonly label: string;
  /** What a screen reader says, where several buttons have one label. */
  readonly spoken: string;
}

/** Everything that can be chosen or typed; values of what is not shown are kept. */
export const DRAFT_FIELDS = [
  'preset',
  'application',
  'name',
  'matching',
  'existing',
  'search',
  'rule',
  'path',
  'process',
  'certificate',
  'createdBy',
  'mode',
  'scope',
  'group',
  'elevation',
  'hours',
  'expires',
  'ticket',
  'comment',
  'notify',
  'template',
  'reason',
  'denyNotify',
] as const;
export type DraftField = (typeof DRAFT_FIELDS)[number];
export type Draft = Readonly<Record<DraftField, string>>;

export interface DecideView {
  readonly title: string;
  /** Why nothing can be decided here, or what is going on. */
  readonly notes: readonly { readonly text: string; readonly tone: Tone }[];
  readonly forms: readonly Form[];
  readonly values: Draft;
  /** Of the draft that this answers; values of an older one are no news. */
  readonly revision: number;
  /** The field that is to be mended, where a decision could not be made of the draft. */
  readonly focus: DraftField | null;
}

/** One decision that can be made, with what belongs to it and its button. */
export interface Form {
  readonly verdict: PageVerdict;
  readonly title: string;
  /** `loading` and `failed` are about how the request could be approved. */
  readonly state: Exclude<PartState, { readonly kind: 'read' | 'unread' }> | { readonly kind: 'read' };
  readonly controls: readonly Control[];
  /** What may be given besides, behind a heading that opens it; `null`: nothing. */
  readonly more: { readonly title: string; readonly controls: readonly Control[] } | null;
  /** Whom it would affect as chosen; `null`: there is nothing to choose. */
  readonly reach: { readonly text: string; readonly tone: Tone } | null;
  readonly button: string;
  /** Why the button is off; `null`: it is on. */
  readonly off: string | null;
}

export type Control =
  | (ControlBasics & { readonly kind: 'radio'; readonly options: readonly Option[]; readonly isRequired: boolean })
  | (ControlBasics & { readonly kind: 'select'; readonly options: readonly Option[] })
  | (ControlBasics & { readonly kind: 'line' | 'area'; readonly max: number })
  | (ControlBasics & { readonly kind: 'number'; readonly min: number; readonly max: number })
  /** A time of the person's own clock; its value is an instant, ISO 8601 UTC. */
  | (ControlBasics & { readonly kind: 'instant' })
  | (ControlBasics & { readonly kind: 'search'; readonly max: number; readonly action: string });

interface ControlBasics {
  readonly name: DraftField;
  readonly label: string;
  readonly hint: string | null;
  /** What is wrong with it, said where it was tried to decide with it. */
  readonly problem: string | null;
}

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly note: string | null;
  /** Why it can't be chosen. */
  readonly off: string | null;
}
