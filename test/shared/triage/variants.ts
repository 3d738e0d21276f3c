import { point } from './cases/case.ts';

/** The same file or text, written otherwise; `null` where that can't be. */
export type Rewrite = readonly [how: string, rewrite: (text: string) => string | null];

const swap =
  (pattern: RegExp, by: string) =>
  (text: string): string | null =>
    pattern.test(text) ? text.replace(pattern, () => by) : null;
const beforeEnding = (text: string) => (name: string) => {
  const end = name.lastIndexOf('.');
  return end > 0 ? `${name.slice(0, end)}${text}${name.slice(end)}` : `${name}${text}`;
};
const before = (text: string) => (name: string) => `${text}${name}`;
const after = (text: string) => (name: string) => `${name}${text}`;
const mixedCase = (text: string) =>
  [...text].map((letter, index) => (index % 2 === 0 ? letter.toUpperCase() : letter.toLowerCase())).join('');
/** Letters and digits of the width that Chinese and Japanese have. */
const fullWidth = (text: string) => text.replace(/[A-Za-z0-9]/g, (sign) => point(sign.charCodeAt(0) + 0xfee0));
/** What is written as entities already is left: a letter more would break them. */
const unwritten = (rewrite: (text: string) => string) => (text: string) => (text.includes('&') ? null : rewrite(text));
const insideWords = (sign: string) => unwritten((text) => text.replace(/(?<=\p{L})(?=\p{L})/gu, sign));

/** Paths of Windows that lead to the same file: nothing that is found may change. */
export const SAME_PLACE: readonly Rewrite[] = [
  ['in capitals', (path) => path.toUpperCase()],
  ['in small letters', (path) => path.toLowerCase()],
  ['in mixed case', mixedCase],
  ['with forward slashes', (path) => (path.startsWith('\\\\') ? null : path.replaceAll('\\', '/'))],
  ['with doubled separators', (path) => (path.startsWith('\\\\') ? null : path.replaceAll('\\', '\\\\'))],
  ['as a long path', (path) => (/^[A-Z]:\\/i.test(path) ? `\\\\?\\${path}` : null)],
  ['as a path of devices', (path) => (/^[A-Z]:\\/i.test(path) ? `\\\\.\\${path}` : null)],
  ['as a path of the object manager', (path) => (/^[A-Z]:\\/i.test(path) ? `\\??\\${path}` : null)],
  ['by the device', swap(/^C:(?=\\)/i, '\\Device\\HarddiskVolume3')],
  ['by the device, as a long path', swap(/^C:(?=\\)/i, '\\\\?\\GLOBALROOT\\Device\\HarddiskVolume3')],
  ['by the share of the own computer', swap(/^C:(?=\\)/i, '\\\\localhost\\C$')],
  ['by %SystemRoot%', swap(/^C:\\Windows(?=\\)/i, '%SystemRoot%')],
  ['by %windir%', swap(/^C:\\Windows(?=\\)/i, '%windir%')],
  ['by \\SystemRoot', swap(/^C:\\Windows(?=\\)/i, '\\SystemRoot')],
  ['by %SystemDrive%', swap(/^C:(?=\\)/i, '%SystemDrive%')],
  ['by %USERPROFILE%', swap(/^C:\\Users\\(?!Public\\)[^\\]+/i, '%USERPROFILE%')],
  ['by %TEMP%', swap(/^C:\\Users\\[^\\]+\\AppData\\Local\\Temp/i, '%TEMP%')],
  ['by $env:LOCALAPPDATA', swap(/^C:\\Users\\[^\\]+\\AppData\\Local/i, '$env:LOCALAPPDATA')],
  ['by %APPDATA%', swap(/^C:\\Users\\[^\\]+\\AppData\\Roaming/i, '%APPDATA%')],
  ['by %PUBLIC%', swap(/^C:\\Users\\Public/i, '%PUBLIC%')],
  ['by %ProgramData%', swap(/^C:\\ProgramData/i, '%ProgramData%')],
  ['by %ProgramFiles%', swap(/^C:\\Program Files(?=\\)/i, '%ProgramFiles%')],
  ['with short names', swap(/\\Downloads(?=\\)/i, '\\DOWNLO~1')],
  ['with the short name of ProgramData', swap(/^C:\\ProgramData/i, 'C:\\PROGRA~3')],
  ['with the short name of Program Files', swap(/^C:\\Program Files(?=\\)/i, 'C:\\PROGRA~1')],
  ['by way of another folder', swap(/^C:(?=\\)/i, 'C:\\Windows\\System32\\..\\..')],
  ['by way of no folder', swap(/^C:(?=\\)/i, 'C:\\.')],
];

/** The same for Macs and Linux. */
export const SAME_PLACE_UNIX: readonly Rewrite[] = [
  ['with doubled separators', (path) => path.replace(/(?<=[^/])\//g, '//')],
  ['by way of no folder', (path) => `/.${path}`],
  ['by way of another folder', (path) => `/usr/..${path}`],
];
export const SAME_PLACE_MAC: readonly Rewrite[] = [
  ['in capitals', (path) => path.toUpperCase()],
  ['on the data volume', swap(/^(?=\/(?:Users|Applications|private)\/)/, '/System/Volumes/Data')],
  ['by the start disk’s name', swap(/^(?=\/(?:Users|Applications|private|usr)\/)/, '/Volumes/Macintosh HD')],
  ['in /private', swap(/^(?=\/tmp\/)/, '/private')],
];

/** Copies of a file, as systems and browsers name them: as grave as the file. */
export const COPIES: readonly Rewrite[] = [
  ['downloaded twice', beforeEnding(' (1)')],
  ['downloaded often', beforeEnding(' (23)')],
  ['a copy', beforeEnding(' - Copy')],
  ['a copy of a copy', beforeEnding(' - Copy (2) - Copy')],
  ['a copy with a stroke', beforeEnding('_copy')],
  ['a copy of', before('Copy of ')],
  ['a Mac’s copy', beforeEnding(' copy 2')],
  ['a desktop’s copy', beforeEnding(' (another copy)')],
  ['a German copy', beforeEnding(' - Kopie')],
  ['an older German copy', before('Kopie von ')],
  ['a French copy', beforeEnding(' - Copie')],
  ['a Spanish copy', beforeEnding(' - copia (3)')],
  ['a Polish copy', beforeEnding(' - kopia')],
  ['a Russian copy', beforeEnding(' - копия')],
  ['a Chinese copy', beforeEnding(' - 副本')],
];

/** What Windows drops from a name before it looks for the file, or doesn't mind. */
export const WINDOWS_NAMES: readonly Rewrite[] = [
  ['in capitals', (name) => name.toUpperCase()],
  ['in small letters', (name) => name.toLowerCase()],
  ['in mixed case', mixedCase],
  ['with a dot at its end', after('.')],
  ['with a space at its end', after(' ')],
  ['with dots and spaces at its end', after(' . .')],
  ['with its main stream', after('::$DATA')],
  ['with its ending twice', (name) => (/\.\w+$/.test(name) ? `${name}${/\.\w+$/.exec(name)?.[0]}` : null)],
];

/** Disguises: as grave as the file under its own name, or more. */
export const DISGUISES: readonly Rewrite[] = [
  ['in full-width letters', (name) => name.replace(/^[^.]+/, fullWidth)],
  ['with a zero-width space', insideWords(point(0x200b))],
  ['with soft hyphens', insideWords(point(0xad))],
  ['turned round', before(point(0x202e))],
  ['with a joiner at its end', beforeEnding(point(0x200d))],
];

/** Marks of a version or a computer: they make no other tool of a tool. */
export const VERSIONS: readonly Rewrite[] = [
  ['with its architecture', beforeEnding('_x64')],
  ['for another processor', beforeEnding('-arm64')],
  ['for a system', beforeEnding('-windows-amd64')],
  ['with a version', beforeEnding('-1.2.3')],
  ['with a version and a v', beforeEnding('_v2.0')],
  ['of a setup', beforeEnding('_setup')],
];

const entities = (text: string, write: (code: number) => string) =>
  text.replace(/\p{L}/gu, (letter) => write(letter.codePointAt(0) ?? 0));

/** The same words for whoever reads them, a person or a model. */
export const SAME_WORDS: readonly Rewrite[] = [
  ['in capitals', (text) => text.toUpperCase()],
  ['with doubled spaces', (text) => text.replaceAll(' ', '  ')],
  ['with line ends', (text) => text.replaceAll(' ', ' \r\n')],
  ['with tabs', (text) => text.replaceAll(' ', '\t')],
  ['with no-break spaces', (text) => text.replaceAll(' ', point(0xa0))],
  ['with zero-width spaces', insideWords(point(0x200b))],
  ['with zero-width joiners', insideWords(point(0x200d))],
  ['with word joiners', insideWords(point(0x2060))],
  ['with soft hyphens', insideWords(point(0xad))],
  ['with grapheme joiners', insideWords(point(0x34f))],
  ['in full-width letters', unwritten(fullWidth)],
  ['in decimal entities', unwritten((text) => entities(text, (code) => `&#${code};`))],
  ['in hexadecimal entities', unwritten((text) => entities(text, (code) => `&#x${code.toString(16)};`))],
  ['with spaces as entities', (text) => text.replaceAll(' ', '&nbsp;')],
  ['with angle brackets as entities', (text) => text.replaceAll('<', '&lt;').replaceAll('>', '&gt;')],
  ['with hyphens as entities', insideWords('&shy;')],
  ['behind a proper reason', (text) => `${'For the drawings of the new hall, ticket 4711. '.repeat(60)}\n${text}`],
  ['before a proper reason', (text) => `${text}\n${'For the drawings of the new hall, ticket 4711. '.repeat(200)}`],
];
