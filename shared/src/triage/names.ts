import type { ApprovalRequest } from '../approval/index.ts';

/** What stands in front of a tool's name or behind it and doesn't change what it is. */
const ENDINGS =
  /\.(exe|com|scr|msi|msix|dll|sys|cpl|app|dmg|pkg|deb|rpm|appimage|jar|py|sh|ps1|bat|cmd|vbs|js|zip|iso|img|lnk|bin|run|elf|gz|tar)$/;
const MARKS = new Set([
  'x64',
  'x86',
  'x32',
  'amd64',
  'arm64',
  'aarch64',
  'win',
  'win32',
  'win64',
  'windows',
  'macos',
  'linux',
  '64',
  '32',
  'setup',
  'installer',
  'install',
  'portable',
  'copy',
  'kopie',
  'copie',
  'bit',
  '64bit',
  '32bit',
  'release',
  'latest',
]);

/** The last part of a path of any system. */
export function lastPart(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? '';
}

/** A path in one spelling: lower case, forward slashes. */
export function pathKey(path: string): string {
  return path.normalize('NFKC').toLowerCase().replaceAll('\\', '/');
}

/** A program's name without its ending: "PowerShell.exe" → "powershell". */
export function stemOf(name: string): string {
  return name.normalize('NFKC').toLowerCase().trim().replace(ENDINGS, '');
}

/** The words of a name, without version, architecture and marks of copies: "Mimikatz_x64 (1).exe" → mimikatz. */
export function wordsOf(name: string): readonly string[] {
  let stem = stemOf(name);
  while (ENDINGS.test(stem)) stem = stem.replace(ENDINGS, '');
  return stem
    .split(/[^\p{L}\p{N}+#]+/u)
    .filter((word) => word !== '' && !MARKS.has(word) && !/^v?\d+$/.test(word))
    .map((word) => word.replace(/(?<=\p{L}{3})(?:x?64|x?86|32)$/u, ''));
}

/** What the file calls itself, in its name, its path and its product. */
export function namesOf({ subject }: ApprovalRequest): readonly string[] {
  const names = [subject.name, subject.path === null ? null : lastPart(subject.path), subject.product];
  return [...new Set(names.filter((name) => name !== null && name !== ''))] as string[];
}

interface Name<T> {
  readonly entry: T;
  /** Counts as a whole name alone. */
  readonly isWhole: boolean;
}

/** Held against a list of known names: each is found as a whole, or as whole words of a longer name. */
export class NameList<T> {
  readonly #byWords = new Map<string, Name<T>>();
  #longest = 1;

  constructor(entries: Iterable<readonly [name: string, entry: T, isWhole?: boolean]>) {
    for (const [name, entry, isWhole = false] of entries) {
      const words = wordsOf(name);
      this.#longest = Math.max(this.#longest, words.length);
      this.#byWords.set(words.join(' '), { entry, isWhole });
      // "Advanced IP Scanner" is also written "AdvancedIPScanner".
      if (words.length > 1) this.#byWords.set(words.join(''), { entry, isWhole });
    }
    this.#byWords.delete('');
  }

  /** @param words of a name */
  find(words: readonly string[]): T | null {
    for (let from = 0; from < words.length; from += 1) {
      for (let to = Math.min(words.length, from + this.#longest); to > from; to -= 1) {
        const found = this.#byWords.get(words.slice(from, to).join(' '));
        if (found && (!found.isWhole || to - from === words.length)) return found.entry;
      }
    }
    return null;
  }
}
