import type { ApprovalRequest } from '../../approval/index.ts';
import { SYSTEM_PROGRAMS } from '../data/system-programs.ts';
import { lastPart, pathKey } from '../names.ts';
import type { Observation, Rules } from '../observation.ts';

/** A file that looks like another one. */
export const name: Rules = (request) => {
  const { subject } = request;
  const file = subject.path === null ? subject.name : lastPart(subject.path);
  const texts = [...new Set([subject.name, subject.path].filter((text) => text !== null))];
  const found = [
    ...texts.map(directed),
    ...(file === null ? [] : [doubled(file), padded(file), mixed(file), imitated(file), misplaced(request, file)]),
  ];
  // One is enough: they are reasons for the same finding.
  return [found.find((observation) => observation !== null) ?? null];
};

const masquerade = (fact: string, message: string): Observation => ({ id: 'masquerade', fact, message });

/** Embeddings, overrides and isolates turn "exe.pdf" round; the others are invisible and have no place in a name. */
const DIRECTED = /[\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff]/u;

function directed(text: string): Observation | null {
  return DIRECTED.test(text)
    ? masquerade(text, 'Its name holds invisible characters, which can make it read as something else.')
    : null;
}

const DOCUMENT = 'pdf|docx?|xlsx?|pptx?|rtf|odt|txt|csv|jpe?g|png|gif|bmp|tiff?|heic|mp3|mp4|avi|mov|wav|html?|eml|msg';
const PROGRAM = 'exe|scr|com|pif|bat|cmd|js|jse|vbs|vbe|wsf|wsh|hta|lnk|ps1|cpl|msi|jar|command|app|desktop';
const DOUBLED = new RegExp(`\\.(${DOCUMENT})\\s*\\.(${PROGRAM})$`, 'iu');

function doubled(file: string): Observation | null {
  return DOUBLED.test(file.trim()) ? masquerade(file, 'A program that is named like a document.') : null;
}

/** Room that pushes the ending out of sight. */
const PADDED = /[\s\u00a0\u2000-\u200a\u2800\u3000\u3164]{4,}\.\w{1,10}$|[_-]{16,}\.\w{1,10}$/u;
/** "screenshot.jpg " is a picture to whoever reads it, and to no system. */
const TRAILED = new RegExp(`\\.(${DOCUMENT})[\\s\\u00a0\\u2800\\u3000]+$`, 'iu');

function padded(file: string): Observation | null {
  return PADDED.test(file.trim()) || TRAILED.test(file)
    ? masquerade(file, 'Its name is padded, so that its ending is out of sight.')
    : null;
}

/** A word in Latin letters with Cyrillic or Greek ones among them. */
const MIXED =
  /[\p{Script=Latin}][\p{Script=Cyrillic}\p{Script=Greek}]|[\p{Script=Cyrillic}\p{Script=Greek}][\p{Script=Latin}]/u;

function mixed(file: string): Observation | null {
  // The micro sign and single Greek letters are units and versions.
  return MIXED.test(file.normalize('NFC').replace(/[µμΩ]/gu, ''))
    ? masquerade(file, 'Its name mixes letters of two scripts that look alike.')
    : null;
}

/** Letters and digits that are taken for one another, by what they are taken for. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '5': 's',
  '|': 'l',
  ı: 'i',
  ɡ: 'g',
  а: 'a',
  с: 'c',
  е: 'e',
  о: 'o',
  р: 'p',
  х: 'x',
  у: 'y',
  ѕ: 's',
  і: 'i',
  ј: 'j',
  ԁ: 'd',
  һ: 'h',
  ӏ: 'l',
  ν: 'v',
  ο: 'o',
  α: 'a',
  ρ: 'p',
};

function skeleton(text: string): string {
  return [...text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()]
    .map((letter) => LOOK_ALIKES[letter] ?? letter)
    .join('')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replaceAll('i', 'l');
}

const BY_SKELETON = new Map(SYSTEM_PROGRAMS.map(({ name: own }) => [skeleton(own), own]));
const OWN_NAMES = new Set(SYSTEM_PROGRAMS.map(({ name: own }) => own));
/** Long enough that one slip makes no ordinary word of them. */
const MISSPELT = SYSTEM_PROGRAMS.map(({ name: own }) => own).filter((own) =>
  /^(svchost|lsass|csrss|winlogon|rundll32|conhost|dllhost|spoolsv|taskhostw|taskhost)$/.test(own),
);

function imitated(file: string): Observation | null {
  const own = programStem(file);
  if (own === null || OWN_NAMES.has(own)) return null;
  const imitates = BY_SKELETON.get(skeleton(own)) ?? MISSPELT.find((known) => isOneSlipFrom(own, known));
  return imitates === undefined
    ? null
    : masquerade(file, `Its name looks like ${imitates}, a part of the system, and is another.`);
}

/** One letter more, less or other, or two exchanged. */
function isOneSlipFrom(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const [restA, restB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (Math.max(restA.length, restB.length) <= 1) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}

/** The stem of a program's file; `null` for what no system starts as a program. */
function programStem(file: string): string | null {
  const name = file.normalize('NFC').toLowerCase().trim();
  const [, stem, ending] = /^(.*?)(?:\.([^.\s]{1,10}))?$/su.exec(name) ?? [];
  return ending === undefined || /^(exe|com|scr|pif|cpl|app)$/.test(ending) ? (stem ?? null) : null;
}

/** A name of the system in a folder where the system has none of that name. */
function misplaced({ subject: { path }, computer: { os } }: ApprovalRequest, file: string): Observation | null {
  const stem = programStem(file);
  const named = SYSTEM_PROGRAMS.filter((program) => program.name === stem && isOf(program.os, os, file));
  const [own] = named;
  if (!own) return null;
  if (named.every(({ where }) => where === null)) {
    return masquerade(file, `${own.name} is a part of the system that has no file of its own.`);
  }
  if (path === null || lastPart(path) === path) return null;
  const folder = pathKey(path).slice(0, -lastPart(path).length).replace(/\/+$/, '');
  return named.some((program) => program.folder.test(folder))
    ? null
    : masquerade(path, `${own.name} is a part of the system, which has it in ${own.where} alone.`);
}

/** Where the vendor doesn't tell the system, a program's ending does. */
function isOf(known: string, os: string | null, file: string): boolean {
  return os === null || os.startsWith('other(')
    ? /\.(exe|com|scr|pif|cpl)$/i.test(file.trim()) === (known === 'windows')
    : os === known;
}
