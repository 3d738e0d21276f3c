import type { ApprovalRequest } from '../../approval/index.ts';
import { SYSTEM_PROGRAMS } from '../data/system-programs.ts';
import { USER_WRITABLE } from '../data/user-writable.ts';
import { imitatesLatin, skeleton } from '../look-alikes.ts';
import { lastPart } from '../names.ts';
import type { Observation, Rules } from '../observation.ts';
import { bundleOf, folderOf, placeOf } from '../place.ts';
import { undisguised } from '../undisguised.ts';

/** A file that looks like another one. */
export const name: Rules = (request) => {
  const { subject } = request;
  const { path } = subject;
  const file = path === null ? subject.name : lastPart(path);
  const bundle = path === null ? null : bundleOf(path);
  const texts = [subject.name, path].filter((text) => text !== null);
  const found = [
    ...texts.map(directed),
    ...(path === null ? [] : [lodged(path, request)]),
    ...[file, bundle].filter((text) => text !== null).flatMap((text) => posing(text, request)),
  ];
  // One is enough: they are reasons for the same finding.
  return [found.find((observation) => observation !== null) ?? null];
};

function posing(text: string, request: ApprovalRequest): readonly (Observation | null)[] {
  const plain = undisguised(text);
  const stem = programStem(plain);
  return [
    doubled(plain),
    padded(text),
    mixed(text),
    imitated(plain, stem, request),
    misplaced(plain, stem, request),
    apple(plain, request),
  ];
}

const masquerade = (fact: string, message: string): Observation => ({ id: 'masquerade', fact, message });

/** Embeddings, overrides and isolates turn "exe.pdf" round; the others are invisible and have no place in a name. */
const DIRECTED =
  /\u034f|[\u00ad\u115f\u1160\u180e\u200b\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0]|(?<!\p{RI}|\u{1f3f4}[\u{e0020}-\u{e007e}]*)[\u{e0001}-\u{e007f}]/u;
/** Arabic, Hebrew, Indic scripts and emoji need them; between plain letters they only hide. */
const JOINED = /[!-~\uff01-\uff5e](?:[\u061c\u200c-\u200f]|[\ufe00-\ufe0f])(?:[!-~\uff01-\uff5e]|$)/u;
const ASCII = /^[ -~]*$/;

function directed(text: string): Observation | null {
  return !ASCII.test(text) && (DIRECTED.test(text) || text.split(/[\\/]/).some(isJoined))
    ? masquerade(text, 'Its name holds invisible characters, which can make it read as something else.')
    : null;
}

function isJoined(part: string): boolean {
  return JOINED.test(part) && !/[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(part);
}

/** A folder that is not the one it looks like, or none at all. */
function lodged(path: string, { computer: { os } }: ApprovalRequest): Observation | null {
  if (!ASCII.test(path) && path.split(/[\\/]/).some(mixed)) {
    return masquerade(path, 'A name in its path mixes letters of two scripts that look alike.');
  }
  if (os !== 'windows' && !/^[a-z]:|\\/iu.test(path)) return null;
  // "C:\Windows \System32" is a folder that anybody can make; "report.txt:run.exe" lies in no folder's list.
  if (/[^\\/] [\\/]/.test(path))
    return masquerade(path, 'A folder of its path ends with a space, to look like another.');
  return /^[^:]{2,}:[^:]/.test(lastPart(path)) ? masquerade(path, 'It is hidden in a stream of another file.') : null;
}

const DOCUMENT =
  'pdf|doc[xm]?|xls[xmb]?|ppt[xm]?|rtf|od[tsp]|txt|csv|jpe?g|png|gif|bmp|tiff?|heic|webp|svg|mp3|mp4|m4a|avi|mov|mkv|wav|html?|eml|msg|epub';
const PROGRAM =
  'exe|scr|com|pif|bat|cmd|js|jse|vbs|vbe|wsf|wsh|hta|lnk|url|ps1|cpl|msi|msix|appx|msc|xll|chm|jar|command|app|desktop|pkg|dmg|iso|img|vhdx?|scpt|terminal|appimage|deb|rpm|run';
const DOUBLED = new RegExp(`\\.(${DOCUMENT})\\s*\\.(${PROGRAM})$`, 'iu');

function doubled(file: string): Observation | null {
  return DOUBLED.test(file.trim()) ? masquerade(file, 'A program that is named like a document.') : null;
}

/** Room that pushes the ending out of sight. */
const ROOM = '[\\s\\u00a0\\u2000-\\u200a\\u2800\\u3000\\u3164]';
const PADDED = new RegExp(`(?<!${ROOM})${ROOM}{4,}\\.\\w{1,10}$|${ROOM}{8}|[_-]{16}`, 'u');
/** "screenshot.jpg " is a picture to whoever reads it, and to no system. */
const TRAILED = new RegExp(`\\.(${DOCUMENT})[\\s\\u00a0\\u2800\\u3000]+$`, 'iu');

function padded(file: string): Observation | null {
  return PADDED.test(file.trim()) || TRAILED.test(file)
    ? masquerade(file, 'Its name is padded, so that its ending is out of sight.')
    : null;
}

function mixed(text: string): Observation | null {
  return !ASCII.test(text) && imitatesLatin(text)
    ? masquerade(text, 'Its name mixes letters of two scripts that look alike.')
    : null;
}

const BY_SKELETON = new Map(SYSTEM_PROGRAMS.map(({ name: own }) => [skeleton(own), own]));
const BY_NAME = Map.groupBy(SYSTEM_PROGRAMS, ({ name: own }) => own);
/** Long enough that one slip makes no ordinary word of them. */
const MISSPELT = SYSTEM_PROGRAMS.map(({ name: own }) => own).filter((own) =>
  /^(svchost|lsass|csrss|winlogon|rundll32|conhost|dllhost|spoolsv|taskhostw|taskhost)$/.test(own),
);
/** Programs of others that are a slip away: Dart Sass, a Logo. */
const NO_SLIPS = new Set(['sass', 'winlogo', 'cohost']);
/** No words of any language: with a number behind them they are still meant to be taken for the system's. */
const NO_WORDS =
  /^(svchost|lsass|csrss|winlogon|rundll32|conhost|dllhost|spoolsv|taskhostw?|taskhostex|taskeng|smss|wininit|lsaiso|sihost|ctfmon|fontdrvhost|logonui|wuauclt|regsvr32|mshta|wmiprvse|msmpeng|tiworker|runtimebroker)$/;
const ADDED =
  /(?<![\s._-])[\s._-]*(?:v?\d+(?:\.\d+)*|x64|x86|x32|amd64|arm64|win(?:32|64)?|(?:32|64)[\s_-]?bits?|setup|new)$/u;

function imitated(file: string, own: string | null, { computer: { os } }: ApprovalRequest): Observation | null {
  if (own === null || BY_NAME.has(own)) return null;
  const alike = BY_SKELETON.get(skeleton(own));
  // Of three letters, others are made too easily: "ism" is no "lsm".
  const imitates = alike !== undefined && (alike.length > 3 || !ASCII.test(own)) ? alike : slippedFrom(own, os);
  if (imitates !== undefined) {
    return masquerade(file, `Its name looks like ${imitates}, a part of the system, and is another.`);
  }
  const extended = os === 'macos' || os === 'linux' ? undefined : extendedFrom(own);
  return extended === undefined
    ? null
    : masquerade(file, `Its name is that of ${extended}, a part of the system, with something added.`);
}

function slippedFrom(own: string, os: string | null): string | undefined {
  if (os === 'macos' || os === 'linux' || NO_SLIPS.has(own)) return undefined;
  return MISSPELT.find((known) => isOneSlipFrom(own, known));
}

const MOST_ADDED = 4;

/** "svchost64", "lsass_v2" */
function extendedFrom(own: string): string | undefined {
  if (!/(?:[\d.]|bits?|setup|new|win)$/u.test(own)) return undefined;
  let stem = own;
  for (let round = 0; round < MOST_ADDED; round += 1) {
    stem = stem.replace(ADDED, '');
    if (stem !== own && NO_WORDS.test(stem)) return stem;
  }
  return undefined;
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
  const name = (ASCII.test(file) ? file : file.normalize('NFKC')).toLowerCase().trim();
  const [, stem, ending] = /^(.*?)(?:\.([^.\s]{1,10}))?$/su.exec(name) ?? [];
  // "[kworker]" is how Linux shows a thread of the kernel.
  const bare = stem?.replace(/^\[(.+)\]$/, '$1');
  return ending === undefined || /^(exe|com|scr|pif|cpl|app)$/.test(ending) ? (bare ?? null) : null;
}

/** A name of the system in a folder where the system has none of that name. */
function misplaced(
  file: string,
  stem: string | null,
  { subject: { path }, computer: { os } }: ApprovalRequest,
): Observation | null {
  const named = (BY_NAME.get(stem ?? '') ?? []).filter((program) => isOf(program.os, os, file));
  const [own] = named;
  if (!own) return null;
  if (named.every(({ where }) => where === null)) {
    return masquerade(file, `${own.name} is a part of the system that has no file of its own.`);
  }
  if (path === null || lastPart(path) === path) return null;
  const folder = folderOf(placeOf(path));
  return named.some((program) => program.folder.test(folder))
    ? null
    : masquerade(path, `${own.name} is a part of the system, which has it in ${own.where} alone.`);
}

/** Inside an application, and where Xcode keeps its own, Apple's programs lie in people's folders too. */
const APPLES_OWN = /\.app\/contents\/(?!macos\/)|\/library\/developer\//u;

/** A program in Apple's name where people put their own: ATT&CK T1543.001. */
function apple(file: string, { subject: { path }, computer: { os } }: ApprovalRequest): Observation | null {
  if (path === null || os !== 'macos' || !/^com\.apple(?![a-z\d]).*(?<!\.(?:pkg|dmg|plist))$/iu.test(file)) return null;
  const place = placeOf(path);
  return !APPLES_OWN.test(place) && USER_WRITABLE.some((folder) => folder.os === os && folder.pattern.test(place))
    ? masquerade(path, 'It has a name of Apple in a folder where Apple has no programs.')
    : null;
}

/** Where the vendor doesn't tell the system, a program's ending does. */
function isOf(known: string, os: string | null, file: string): boolean {
  return os === null || os.startsWith('other(')
    ? /\.(exe|com|scr|pif|cpl)$/i.test(file.trim()) === (known === 'windows')
    : os === known;
}
