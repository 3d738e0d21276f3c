import type { WritableFolder } from './entry.ts';

const ATTACK = 'ATT&CK T1036.005, T1204.002';
const APPLOCKER = 'github.com/api0cradle/UltimateAppLockerByPassList';
const PROFILE = '(?:(?:[a-z]:|/device/harddiskvolume\\d+)?/(?:users|documents and settings)/[^/]+)';
const profile = (rest: string) => new RegExp(`^${PROFILE}${rest}`, 'u');
const drive = (rest: string) => new RegExp(`^(?:[a-z]:|/device/harddiskvolume\\d+)?${rest}`, 'u');

/**
 * Folders that an ordinary user can put a file into, the more telling first. A drive's letter does not tell whether it is a
 * stick, a disk image or a disk: removable drives are known here by their mount points alone, which Windows doesn't have.
 *
 * Sources: ATT&CK T1036.005 and T1204.002; Microsoft on profile folders and KNOWNFOLDERID
 * (https://learn.microsoft.com/windows/win32/shell/knownfolderid); folders under Windows that users may write to by
 * default, as collected in github.com/api0cradle/UltimateAppLockerByPassList; Apple's file system basics; the Filesystem
 * Hierarchy Standard 3.0 and file-hierarchy(7).
 */
export const USER_WRITABLE: readonly WritableFolder[] = [
  { os: 'windows', pattern: profile('/downloads(?:/|$)'), name: 'the Downloads folder', source: ATTACK },
  { os: 'windows', pattern: /\/content\.outlook\//u, name: "Outlook's folder of opened attachments", source: ATTACK },
  {
    os: 'windows',
    pattern: /\/(?:inetcache|temporary internet files)\//u,
    name: "the browser's cache",
    source: ATTACK,
  },
  { os: 'windows', pattern: profile('/appdata/local/temp(?:/|$)'), name: "the user's Temp folder", source: ATTACK },
  {
    os: 'windows',
    pattern: profile('/appdata/roaming/microsoft/windows/start menu/programs/startup(?:/|$)'),
    name: "the user's Startup folder",
    source: 'ATT&CK T1547.001',
  },
  { os: 'windows', pattern: profile('/appdata(?:/|$)'), name: "the user's AppData folder", source: ATTACK },
  {
    os: 'windows',
    pattern: profile('/(?:onedrive[^/]*/)?desktop(?:/|$)'),
    name: "the user's Desktop folder",
    source: ATTACK,
  },
  { os: 'windows', pattern: drive('/users/public(?:/|$)'), name: 'the Public folder', source: ATTACK },
  { os: 'windows', pattern: profile('/'), name: "the user's own folder", source: ATTACK },
  { os: 'windows', pattern: drive('/windows/temp(?:/|$)'), name: 'the Windows Temp folder', source: APPLOCKER },
  {
    os: 'windows',
    pattern: drive(
      '/windows/(?:tasks|tracing|debug/wia|registration/crmlog|servicestate|system32/(?:tasks|tasks_migrated|com/dmp|fxstmp|spool/(?:drivers/color|printers|servers)|microsoft/crypto/rsa/machinekeys)|syswow64/(?:tasks|com/dmp|fxstmp))(?:/|$)',
    ),
    name: 'a folder under Windows that every user can write to',
    source: APPLOCKER,
  },
  {
    os: 'windows',
    // Defender keeps its own programs there, where no user can write.
    pattern: drive('/programdata/(?!microsoft/windows defender/platform/)'),
    name: 'the ProgramData folder',
    source: ATTACK,
  },
  {
    os: 'windows',
    pattern: drive('/(?:\\$recycle\\.bin|recycler|recycled)(?:/|$)'),
    name: 'the recycle bin',
    source: 'ATT&CK T1564.001',
  },
  { os: 'windows', pattern: drive('/(?:temp|tmp)(?:/|$)'), name: 'a Temp folder', source: ATTACK },
  { os: 'windows', pattern: drive('/(?:perflogs|intel/logs)(?:/|$)'), name: 'a folder for log files', source: ATTACK },
  { os: 'windows', pattern: /^[ab]:\//u, name: 'a floppy drive', source: 'ATT&CK T1091' },
  {
    os: 'windows',
    pattern: /^\/device\/(?:cdrom|floppy)\d+\//u,
    name: 'a disc or a disk image',
    source: 'ATT&CK T1553.005',
  },
  {
    os: 'windows',
    pattern: /^\/\/(?:[^/]+@(?:ssl|\d+)(?:@\d+)?|tsclient)\/|^\/\/[^/]+\/davwwwroot(?:\/|$)/u,
    name: "a share on the internet or on somebody's own computer",
    source: 'ATT&CK T1105, T1021.001',
  },

  { os: 'macos', pattern: /^(?:\/users\/[^/]+|~)\/downloads(?:\/|$)/u, name: 'the Downloads folder', source: ATTACK },
  {
    os: 'macos',
    pattern: /^(?:\/users\/[^/]+|~)\/desktop(?:\/|$)/u,
    name: "the user's Desktop folder",
    source: ATTACK,
  },
  {
    os: 'macos',
    pattern: /^(?:\/users\/[^/]+|~)\/library(?:\/|$)/u,
    name: "the user's Library folder",
    source: ATTACK,
  },
  { os: 'macos', pattern: /^\/users\/shared(?:\/|$)/u, name: 'the Shared folder', source: ATTACK },
  { os: 'macos', pattern: /^(?:\/users\/[^/]+|~)\//u, name: "the user's own folder", source: ATTACK },
  {
    os: 'macos',
    pattern: /^(?:\/private)?\/(?:var\/)?tmp(?:\/|$)/u,
    name: 'a folder for temporary files',
    source: ATTACK,
  },
  { os: 'macos', pattern: /^(?:\/private)?\/var\/folders\//u, name: 'a folder for temporary files', source: ATTACK },
  {
    os: 'macos',
    pattern: /^\/volumes\/(?!macintosh hd(?:\/|$))[^/]+/u,
    name: 'a disk image or an external drive',
    source: 'ATT&CK T1204.002, T1091',
  },
  {
    os: 'macos',
    pattern: /^\/opt\/homebrew\/|^\/usr\/local\/(?:cellar|caskroom)\//u,
    name: "Homebrew's folder, which belongs to a user",
    source: 'docs.brew.sh, FAQ',
  },

  {
    os: 'linux',
    pattern:
      /^(?:(?:\/var)?\/home\/[^/]+|~)\/(?:downloads|téléchargements|descargas|scaricati|загрузки|下载|ダウンロード)(?:\/|$)/u,
    name: 'the Downloads folder',
    source: ATTACK,
  },
  { os: 'linux', pattern: /^(?:(?:\/var)?\/home\/[^/]+|~)\//u, name: "the user's own folder", source: ATTACK },
  { os: 'linux', pattern: /^\/(?:var\/)?tmp(?:\/|$)/u, name: 'a folder for temporary files', source: 'FHS 3.0' },
  {
    os: 'linux',
    pattern: /^(?:\/run\/shm|\/dev\/shm|\/dev\/mqueue|\/run\/lock|\/var\/lock|\/var\/crash)(?:\/|$)/u,
    name: 'memory that every user can write to',
    source: 'file-hierarchy(7)',
  },
  {
    os: 'linux',
    pattern: /^\/?memfd:|^\/proc\/[^/]+\/(?:fd|root)\/|^\/dev\/fd\//u,
    name: 'memory, with no file that anybody could look at',
    source: 'ATT&CK T1620',
  },
  { os: 'linux', pattern: /^\/run\/user\/\d+\//u, name: "the user's own folder", source: 'file-hierarchy(7)' },
  { os: 'linux', pattern: /^(?:\/run)?\/media\//u, name: 'a removable drive', source: 'FHS 3.0' },
];
