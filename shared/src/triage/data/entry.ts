import type { OperatingSystem } from '../../approval/index.ts';

/** Something that a name gives away. */
export interface Known {
  /**
   * Lower case, without extension, version, architecture or copy marks: "mimikatz". A file's stem or a product's name is
   * held against it, and so are the whole words of a longer name; whoever compares brings both sides to the same form
   * (spaces, hyphens, dots, "setup").
   */
  readonly name: string;
  /** Further names of the same thing, in the same form. */
  readonly also?: readonly string[];
  /** The names are also ordinary words, or short: they count as a whole name, never as a word of a longer one. */
  readonly whole?: true;
  /** Where it is from: "ATT&CK S0002", "LOLBAS", "LOLRMM". */
  readonly source: string;
}

/** What a program of an operating system is used for by people who are not its administrators. */
export interface AbusedProgram extends Known {
  readonly os: OperatingSystem;
}

/** A program that an operating system brings, and the only folders it is started from. */
export interface SystemProgram {
  /** The stem of the file: "svchost". On Windows it counts with the extensions of programs alone, not for "services.msc". */
  readonly name: string;
  readonly os: OperatingSystem;
  /** Matches the folder: lower case, forward slashes, none at its end. */
  readonly folder: RegExp;
  /** The folder for the sentence; `null` where no file of this name belongs anywhere. */
  readonly where: string | null;
}

/** Folders that somebody without administrator's rights can put a file into. */
export interface WritableFolder {
  readonly os: OperatingSystem;
  /** Matches the whole path: lower case, forward slashes. */
  readonly pattern: RegExp;
  /** For the sentence: "the Downloads folder". */
  readonly name: string;
  readonly source: string;
}

/** A turn of phrase that speaks to a language model and not to the person who decides: `words` or `text`. */
export interface AiPhrase {
  /** BCP 47, or `any` for marks that belong to no language. */
  readonly language: string;
  /** Sources of a regular expression on lower-case text without hidden characters, with single spaces. */
  readonly words?: string;
  /** Like `words`, but not only between two ends of words. */
  readonly text?: string;
  /** For the sentence: "tells its reader to ignore instructions". */
  readonly what: string;
}

/** Words of one language that say nothing about what a program is for, and the small words between them. */
export interface VagueWords {
  /** BCP 47, or `any`. */
  readonly language: string;
  /** Lower case, NFC. Languages written without spaces have whole phrases. */
  readonly words: readonly string[];
}
