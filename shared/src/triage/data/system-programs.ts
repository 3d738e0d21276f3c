import type { SystemProgram } from './entry.ts';

const SYSTEM_DRIVE = '^(?:c:|x:|/device/harddiskvolume\\d+)?(?:/windows\\.old)?/windows';
const win = (rest: string) => new RegExp(`${SYSTEM_DRIVE}${rest}$`, 'u');

/** The side-by-side store and the folders of an update hold copies of everything. */
const STORE = '/(?:winsxs|servicing|softwaredistribution|uus)(?:/.+)?';
const SYSTEM = '/(?:system32|syswow64|sysnative|sysarm32|sychpe32)';

const IN_SYSTEM32 = win(`(?:${SYSTEM}|${STORE})`);
const IN_WINDOWS = win(`(?:${SYSTEM}|${STORE})?`);
const IN_WBEM = win(`(?:${SYSTEM}/wbem|${STORE})`);
const IN_POWERSHELL = win(`(?:${SYSTEM}/windowspowershell/v1\\.0|${STORE})`);
const IN_DEFENDER =
  /^(?:c:|\/device\/harddiskvolume\d+)?\/(?:program files(?: \(x86\))?\/(?:windows defender|microsoft security client)|programdata\/microsoft\/windows defender\/platform)(?:\/.+)?$/u;

const system32 = (name: string): SystemProgram => ({
  name,
  os: 'windows',
  folder: IN_SYSTEM32,
  where: 'C:\\Windows\\System32',
});
const windows = (name: string): SystemProgram => ({ name, os: 'windows', folder: IN_WINDOWS, where: 'C:\\Windows' });

/**
 * Names that malware borrows, with the only folders the real ones are in. A hit is a `stop`, so names that other makers use
 * as well (update, setup, calc, java) are left out.
 *
 * Sources: ATT&CK T1036.005 (match legitimate name or location) and T1036.003; SANS, Hunt Evil poster
 * (https://www.sans.org/posters/hunt-evil); the full paths in LOLBAS (https://lolbas-project.github.io); Sigma rule
 * "System File Execution Location Anomaly" (e4a6b256-3e47-40fc-89d2-7a477edd6915, github.com/SigmaHQ/sigma).
 */
export const SYSTEM_PROGRAMS: readonly SystemProgram[] = [
  ...[
    'svchost',
    'lsass',
    'lsaiso',
    'lsm',
    'csrss',
    'smss',
    'wininit',
    'winlogon',
    'services',
    'spoolsv',
    'taskhost',
    'taskhostw',
    'taskhostex',
    'taskeng',
    'taskmgr',
    'dllhost',
    'conhost',
    'dwm',
    'fontdrvhost',
    'sihost',
    'ctfmon',
    'audiodg',
    'runtimebroker',
    'backgroundtaskhost',
    'applicationframehost',
    'searchindexer',
    'searchprotocolhost',
    'userinit',
    'logonui',
    'securityhealthservice',
    'securityhealthsystray',
    'werfault',
    'wuauclt',
    'usoclient',
    'wudfhost',
    'rundll32',
    'regsvr32',
    'mshta',
    'wscript',
    'cscript',
    'certutil',
    'bitsadmin',
    'schtasks',
    'vssadmin',
    'msdt',
    'cmstp',
    'cmd',
    'msiexec',
    'mstsc',
    'eventvwr',
    'fodhelper',
    'dashost',
    'smartscreen',
    'sethc',
    'utilman',
    'osk',
  ].map(system32),
  ...['explorer', 'regedit', 'hh', 'splwow64'].map(windows),
  {
    name: 'notepad',
    os: 'windows',
    folder: new RegExp(`${IN_WINDOWS.source}|/program files/windowsapps/microsoft\\.windowsnotepad_`, 'u'),
    where: 'C:\\Windows',
  },
  { name: 'wmiprvse', os: 'windows', folder: IN_WBEM, where: 'C:\\Windows\\System32\\wbem' },
  { name: 'wmic', os: 'windows', folder: IN_WBEM, where: 'C:\\Windows\\System32\\wbem' },
  { name: 'scrcons', os: 'windows', folder: IN_WBEM, where: 'C:\\Windows\\System32\\wbem' },
  { name: 'powershell', os: 'windows', folder: IN_POWERSHELL, where: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0' },
  {
    name: 'powershell_ise',
    os: 'windows',
    folder: IN_POWERSHELL,
    where: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0',
  },
  {
    name: 'trustedinstaller',
    os: 'windows',
    folder: win('/(?:servicing|winsxs)(?:/.+)?'),
    where: 'C:\\Windows\\servicing',
  },
  { name: 'tiworker', os: 'windows', folder: win('/(?:servicing|winsxs)(?:/.+)?'), where: 'C:\\Windows\\WinSxS' },
  {
    name: 'msmpeng',
    os: 'windows',
    folder: IN_DEFENDER,
    where: 'C:\\ProgramData\\Microsoft\\Windows Defender\\Platform',
  },
  {
    name: 'mpcmdrun',
    os: 'windows',
    folder: IN_DEFENDER,
    where: 'C:\\ProgramData\\Microsoft\\Windows Defender\\Platform',
  },

  { name: 'launchd', os: 'macos', folder: /^\/sbin$/u, where: '/sbin' },
  { name: 'launchctl', os: 'macos', folder: /^\/bin$/u, where: '/bin' },
  { name: 'osascript', os: 'macos', folder: /^\/usr\/bin$/u, where: '/usr/bin' },
  { name: 'sudo', os: 'macos', folder: /^\/usr\/(?:local\/)?bin$|^\/(?:nix\/store|opt)\//u, where: '/usr/bin' },
  { name: 'kernel_task', os: 'macos', folder: /^$/u, where: null },
  { name: 'windowserver', os: 'macos', folder: /^\/system\/library\//u, where: '/System/Library' },
  { name: 'loginwindow', os: 'macos', folder: /^\/system\/library\//u, where: '/System/Library/CoreServices' },
  {
    name: 'finder',
    os: 'macos',
    folder: /^\/system\/library\/coreservices(?:\/|$)/u,
    where: '/System/Library/CoreServices',
  },
  { name: 'softwareupdated', os: 'macos', folder: /^\/system\/library\//u, where: '/System/Library/CoreServices' },
  { name: 'xprotectservice', os: 'macos', folder: /^\/system\/library\//u, where: '/System/Library' },
  { name: 'securityd', os: 'macos', folder: /^\/usr\/(?:sbin|libexec)$/u, where: '/usr/sbin' },
  { name: 'trustd', os: 'macos', folder: /^\/usr\/libexec$/u, where: '/usr/libexec' },
  { name: 'cfprefsd', os: 'macos', folder: /^\/usr\/sbin$/u, where: '/usr/sbin' },
  { name: 'mdworker', os: 'macos', folder: /^\/system\/library\//u, where: '/System/Library/Frameworks' },
  { name: 'mds_stores', os: 'macos', folder: /^\/system\/library\//u, where: '/System/Library/Frameworks' },
  {
    name: 'system settings',
    os: 'macos',
    folder: /^\/system\/(?:applications|library)\//u,
    where: '/System/Applications',
  },
  {
    name: 'system preferences',
    os: 'macos',
    folder: /^\/(?:system\/)?applications\/system preferences\.app(?:\/|$)/u,
    where: '/System/Applications',
  },

  // Threads of the kernel have no file: whatever is called so has dressed up (ATT&CK T1036.004, T1036.009).
  // The names with an s behind them are those of miners: Trend Micro 2018 (kworkerds), ATT&CK T1036.004.
  ...[
    'kworkerds',
    'kthrotlds',
    'ksoftirqds',
    'kintegrityds',
    'kworker',
    'kthreadd',
    'ksoftirqd',
    'kswapd0',
    'kdevtmpfs',
    'kdevtmpfsi',
    'khugepaged',
    'kblockd',
    'kauditd',
    'kthrotld',
    'kintegrityd',
    'kcompactd0',
  ].map((name): SystemProgram => ({ name, os: 'linux', folder: /(?!)/u, where: null })),
  ...['systemd', 'systemd-journald', 'systemd-logind', 'systemd-udevd', 'systemd-networkd', 'systemd-resolved'].map(
    (name): SystemProgram => ({
      name,
      os: 'linux',
      folder: /^(?:\/usr)?\/(?:lib\/systemd|s?bin)$|^\/(?:nix\/store|snap)\//u,
      where: '/usr/lib/systemd',
    }),
  ),
  ...['sudo', 'pkexec'].map(
    (name): SystemProgram => ({
      name,
      os: 'linux',
      folder: /^(?:\/usr(?:\/local)?)?\/s?bin$|^\/run\/wrappers\/bin$|^\/(?:nix\/store|snap|opt)\//u,
      where: '/usr/bin',
    }),
  ),
  {
    name: 'sshd',
    os: 'linux',
    folder:
      /^(?:\/usr(?:\/local)?)?\/(?:s?bin|lib(?:exec)?(?:\/open)?\/?ssh)$|^\/usr\/lib(?:exec)?\/openssh$|^\/(?:nix\/store|snap|opt)\//u,
    where: '/usr/sbin',
  },
  {
    name: 'crond',
    os: 'linux',
    folder: /^(?:\/usr(?:\/local)?)?\/s?bin$|^\/(?:nix\/store|snap|opt)\//u,
    where: '/usr/sbin',
  },
  {
    name: 'dbus-daemon',
    os: 'linux',
    folder: /^(?:\/usr(?:\/local)?)?\/s?bin$|^\/(?:nix\/store|snap|opt)\//u,
    where: '/usr/bin',
  },
  {
    name: 'rsyslogd',
    os: 'linux',
    folder: /^(?:\/usr(?:\/local)?)?\/s?bin$|^\/(?:nix\/store|snap|opt)\//u,
    where: '/usr/sbin',
  },
  {
    name: 'polkitd',
    os: 'linux',
    folder: /^(?:\/usr)?\/lib(?:exec)?(?:\/polkit-1)?$|^\/nix\/store\//u,
    where: '/usr/lib/polkit-1',
  },
];
