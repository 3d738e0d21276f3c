import { pathKey } from './names.ts';

/** Paths that are spelt out of the ordinary; most are not. */
const ODD =
  /[%$]|~\d|.\/\/|\/\.{1,2}(?:\/|$)|^\/[/?]|^\/(?:systemroot|device\/mup|system\/volumes\/data|volumes\/macintosh hd)(?:\/|$)|^file:/;

/** What Windows writes for a folder that others spell out; somebody's own is `user`. */
const SHORT: readonly (readonly [RegExp, string])[] = [
  [/^file:\/*(?=[a-z]:)/, ''],
  [/^file:\/\/(?=\/)/, ''],
  [/^(?:\/\/[?.]|\/\?\?)\/unc\//, '//'],
  [/^(?:\/\/[?.]|\/\?\?)\/(?:globalroot(?=\/))?/, ''],
  [/^volume\{[0-9a-f-]{1,40}\}/, '/device/harddiskvolume0'],
  [/^\/\/device\//, '/device/'],
  [/^\/device\/mup\//, '//'],
  [/^\/\/(?:localhost|127\.0\.0\.1|\.)\/([a-z])\$(?=\/|$)/, '$1:'],
  [/^\$env:([a-z]+)/, '%$1%'],
  [/^\/systemroot(?=\/|$)|^%(?:systemroot|windir)%/, 'c:/windows'],
  [/^%homedrive%%homepath%|^%(?:userprofile|homepath)%/, 'c:/users/user'],
  [/^%(?:systemdrive|homedrive)%/, 'c:'],
  [/^%(?:temp|tmp)%/, 'c:/users/user/appdata/local/temp'],
  [/^%localappdata%/, 'c:/users/user/appdata/local'],
  [/^%appdata%/, 'c:/users/user/appdata/roaming'],
  [/^%(?:programdata|allusersprofile)%/, 'c:/programdata'],
  [/^%public%/, 'c:/users/public'],
  [/^%(?:programfiles|programw6432)%/, 'c:/program files'],
  [/^%programfiles\(x86\)%/, 'c:/program files (x86)'],
  [/^(?:\$home|\$\{home\})(?=\/)/, '~'],
  // 8.3: the numbers are those of an English Windows, in the order in which it makes these folders.
  [/^([a-z]:|\/device\/harddiskvolume\d+)\/progra~1(?=\/)/, '$1/program files'],
  [/^([a-z]:|\/device\/harddiskvolume\d+)\/progra~2(?=\/)/, '$1/program files (x86)'],
  [/^([a-z]:|\/device\/harddiskvolume\d+)\/progra~3(?=\/)/, '$1/programdata'],
  [/^([a-z]:|\/device\/harddiskvolume\d+)\/docume~1(?=\/)/, '$1/documents and settings'],
  [/\/downlo~1(?=\/)/, '/downloads'],
  [/\/tempor~1(?=\/)/, '/temporary internet files'],
  // Where macOS keeps what it shows at the root.
  [/^\/(?:system\/volumes\/data|volumes\/macintosh hd)(?=\/)/, ''],
];

/** Where a file lies, in one spelling whatever its path was written like. */
export function placeOf(path: string): string {
  const key = pathKey(path);
  if (!ODD.test(key)) return key;
  // Once more for what only shows when the way there is straight.
  return resolved(spelt(resolved(spelt(key))));
}

function spelt(key: string): string {
  return SHORT.reduce((text, [pattern, by]) => text.replace(pattern, by), key);
}

/** Without empty parts, "." and "..": "c:/windows/../users" is "c:/users". */
function resolved(key: string): string {
  const start = /^(?:\/\/|\/)?/.exec(key)?.[0] ?? '';
  const parts: string[] = [];
  for (const part of key.slice(start.length).split('/')) {
    if (part === '..') {
      // A drive stays.
      if (parts.length > 0 && !(parts.length === 1 && /^[a-z]:$/.test(parts[0] ?? ''))) parts.pop();
    } else if (part !== '' && part !== '.') parts.push(part);
  }
  return start + parts.join('/');
}

/** The folder of a file whose place is known. */
export function folderOf(place: string): string {
  return place.replace(/\/+$/, '').replace(/\/?[^/]*$/, '');
}

/** The application that a Mac's program is part of: ".../Finder.app/Contents/MacOS/x" → "Finder.app". */
export function bundleOf(path: string): string | null {
  if (!/\.app[\\/]/i.test(path)) return null;
  const parts = path.split(/[\\/]+/).filter((part) => part !== '.');
  return parts.findLast((part, index) => /\.app$/i.test(part) && /^contents$/i.test(parts[index + 1] ?? '')) ?? null;
}
