import { notable, ordinary, type TriageCase } from './case.ts';

const SYSTEM32 = 'C:\\Windows\\System32';
const DOT_NET = 'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319';
const MICROSOFT = {
  subject: 'CN=Microsoft Windows, O=Microsoft Corporation, L=Redmond, S=Washington, C=US',
  valid: true,
};
const lolbas = (name: string, folder = SYSTEM32): TriageCase =>
  notable(
    `${name}, for something else`,
    `LOLBAS ${name}`,
    { os: 'windows', path: `${folder}\\${name}.exe`, signer: MICROSOFT, process: `${SYSTEM32}\\cmd.exe` },
    ['abused-system-program'],
    ['masquerade', 'user-writable-path'],
  );
const loobins = (name: string, folder = '/usr/bin'): TriageCase =>
  notable(
    `${name}, for something else`,
    `LOOBins ${name}`,
    { os: 'macos', path: `${folder}/${name}`, signer: { subject: 'Software Signing', valid: true } },
    ['abused-system-program'],
    ['masquerade', 'user-writable-path'],
  );
const gtfobins = (name: string): TriageCase =>
  notable(
    `${name} with root’s rights`,
    `GTFOBins ${name}`,
    { os: 'linux', kind: 'elevation', path: `/usr/bin/${name}` },
    ['abused-system-program'],
    ['masquerade', 'user-writable-path'],
  );

/** Programs of the system that do something else's work; shells and script hosts. */
export const SYSTEM: readonly TriageCase[] = [
  ...[
    'Bitsadmin',
    'Certutil',
    'Cmstp',
    'Regsvr32',
    'Rundll32',
    'Mavinject',
    'Odbcconf',
    'Esentutl',
    'Diskshadow',
    'Forfiles',
    'Pcalua',
    'Presentationhost',
    'Xwizard',
    'Rasautou',
  ].map((name) => lolbas(name)),
  lolbas('Wmic', `${SYSTEM32}\\wbem`),
  lolbas('Installutil', DOT_NET),
  lolbas('Msbuild', DOT_NET),
  lolbas('Regasm', DOT_NET),
  lolbas('Jsc', DOT_NET),
  loobins('osascript'),
  loobins('security'),
  loobins('xattr'),
  loobins('hdiutil'),
  loobins('launchctl', '/bin'),
  loobins('spctl', '/usr/sbin'),
  loobins('tccutil'),
  ...['curl', 'wget', 'gdb', 'strace', 'systemd-run', 'pkexec'].map(gtfobins),
  notable('mshta', 'LOLBAS Mshta', { os: 'windows', path: `${SYSTEM32}\\mshta.exe`, signer: MICROSOFT }, [
    'abused-system-program',
    'script-host',
  ]),
  notable(
    'MSHTA.EXE in capitals',
    'LOLBAS Mshta',
    { os: 'windows', path: 'C:\\WINDOWS\\SYSTEM32\\MSHTA.EXE' },
    ['abused-system-program', 'script-host'],
    ['masquerade'],
  ),
  notable(
    'ntdsutil on a domain controller',
    'CISA AA23-144A, Volt Typhoon',
    { os: 'windows', kind: 'elevation', path: `${SYSTEM32}\\ntdsutil.exe`, isServer: true },
    ['abused-system-program', 'server'],
  ),
  notable(
    'netsh for a port proxy',
    'CISA AA23-144A, Volt Typhoon',
    { os: 'windows', kind: 'elevation', path: `${SYSTEM32}\\netsh.exe` },
    ['abused-system-program'],
  ),
  notable(
    'vssadmin before ransomware',
    'ATT&CK T1490',
    { os: 'windows', kind: 'elevation', path: `${SYSTEM32}\\vssadmin.exe` },
    ['abused-system-program'],
  ),
  notable(
    'msdt from Word',
    'Microsoft 2022, CVE-2022-30190',
    {
      os: 'windows',
      path: `${SYSTEM32}\\msdt.exe`,
      process: 'C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE',
    },
    ['abused-system-program', 'unusual-parent'],
  ),
  notable(
    'a file that certutil wrote',
    'LOLBAS Certutil',
    {
      os: 'windows',
      path: 'C:\\Users\\Public\\update.exe',
      signer: 'unsigned',
      createdBy: ['C:\\Windows\\System32\\certutil.exe'],
    },
    ['abused-system-program', 'unsigned', 'user-writable-path'],
  ),
  notable(
    'a file that bitsadmin wrote',
    'CISA AA24-131A, Black Basta',
    {
      os: 'windows',
      path: 'C:\\Windows\\Temp\\winsrv.exe',
      signer: 'unsigned',
      createdBy: ['C:\\Windows\\System32\\bitsadmin.exe'],
    },
    ['abused-system-program', 'user-writable-path'],
  ),
  notable(
    'a program that mshta started',
    'LOLBAS Mshta',
    {
      os: 'windows',
      path: 'C:\\Users\\lena\\AppData\\Local\\Temp\\a.exe',
      signer: 'unsigned',
      process: 'C:\\Windows\\System32\\mshta.exe',
    },
    ['abused-system-program', 'user-writable-path'],
  ),
  notable(
    'a program that curl wrote on a Mac',
    'LOOBins nscurl; ATT&CK T1105',
    { os: 'macos', path: '/private/tmp/update', signer: 'unsigned', createdBy: ['/usr/bin/curl'] },
    ['abused-system-program', 'user-writable-path', 'unsigned'],
  ),

  // Shells
  notable(
    'PowerShell with rights',
    'ATT&CK T1059.001',
    {
      os: 'windows',
      kind: 'elevation',
      path: `${SYSTEM32}\\WindowsPowerShell\\v1.0\\powershell.exe`,
      signer: MICROSOFT,
    },
    ['elevated-shell'],
    ['masquerade'],
  ),
  notable(
    'cmd as administrator',
    'ATT&CK T1059.003',
    {
      os: 'windows',
      kind: 'run-as-admin',
      path: `${SYSTEM32}\\cmd.exe`,
      signer: MICROSOFT,
      reason: 'Install a printer',
    },
    ['elevated-shell'],
    ['masquerade'],
  ),
  notable(
    'pwsh as administrator',
    'ATT&CK T1059.001',
    { os: 'windows', kind: 'run-as-admin', path: 'C:\\Program Files\\PowerShell\\7\\pwsh.exe', signer: MICROSOFT },
    ['elevated-shell'],
  ),
  notable(
    'Windows Terminal with rights',
    'LOLBAS wt',
    {
      os: 'windows',
      kind: 'elevation',
      path: 'C:\\Program Files\\WindowsApps\\Microsoft.WindowsTerminal_1.21.0_x64\\wt.exe',
    },
    ['elevated-shell'],
  ),
  notable(
    'bash with root’s rights',
    'GTFOBins bash',
    { os: 'linux', kind: 'elevation', path: '/usr/bin/bash' },
    ['elevated-shell'],
    ['masquerade'],
  ),
  notable('zsh as administrator', 'GTFOBins zsh', { os: 'macos', kind: 'run-as-admin', path: '/bin/zsh' }, [
    'elevated-shell',
  ]),
  notable(
    'Terminal as administrator',
    'ATT&CK T1059.004',
    { os: 'macos', kind: 'run-as-admin', path: '/System/Applications/Utilities/Terminal.app/Contents/MacOS/Terminal' },
    ['elevated-shell'],
  ),
  ordinary(
    'PowerShell without rights',
    { os: 'windows', path: `${SYSTEM32}\\WindowsPowerShell\\v1.0\\powershell.exe`, signer: MICROSOFT },
    [],
    ['elevated-shell'],
  ),

  // Script hosts and scripts
  notable('wscript', 'LOLBAS Wscript', { os: 'windows', path: `${SYSTEM32}\\wscript.exe`, signer: MICROSOFT }, [
    'script-host',
    'abused-system-program',
  ]),
  notable(
    'AutoIt with a script of somebody’s',
    'ATT&CK T1059.010; DarkGate S1111',
    {
      os: 'windows',
      path: 'C:\\temp\\AutoIt3.exe',
      product: 'AutoIt v3 Script',
      signer: { subject: 'CN=AutoIt Consulting Ltd', valid: true },
    },
    ['script-host', 'user-writable-path'],
  ),
  notable(
    'a PowerShell script on the desktop',
    'ATT&CK T1059.001',
    { os: 'windows', path: 'C:\\Users\\lena\\Desktop\\fix.ps1' },
    ['script-host', 'user-writable-path'],
  ),
  notable(
    'a batch file as administrator',
    'ATT&CK T1059.003',
    { os: 'windows', kind: 'run-as-admin', path: 'C:\\Users\\lena\\Desktop\\printers.bat' },
    ['script-host', 'user-writable-path'],
  ),
  ordinary(
    'python.exe of a developer',
    {
      os: 'windows',
      path: 'C:\\Python312\\python.exe',
      signer: { subject: 'CN=Python Software Foundation', valid: true },
      reason: 'Build of the invoicing tool',
    },
    ['script-host'],
  ),
  ordinary(
    'node for the web team',
    {
      os: 'windows',
      path: 'C:\\Program Files\\nodejs\\node.exe',
      signer: { subject: 'CN=OpenJS Foundation', valid: true },
      reason: 'Front-end build of the customer portal',
    },
    ['script-host'],
  ),
  ordinary(
    'java of a tax program',
    {
      os: 'windows',
      path: 'C:\\Program Files\\ElsterFormular\\jre\\bin\\javaw.exe',
      reason: 'Umsatzsteuervoranmeldung',
    },
    ['script-host'],
  ),
  ordinary(
    'regedit for the help desk',
    {
      os: 'windows',
      kind: 'run-as-admin',
      path: 'C:\\Windows\\regedit.exe',
      signer: MICROSOFT,
      reason: 'Remove the old VPN adapter, ticket 3301',
    },
    ['abused-system-program'],
    ['masquerade'],
  ),
  ordinary(
    'svchost where it belongs',
    { os: 'windows', path: `${SYSTEM32}\\svchost.exe`, signer: MICROSOFT },
    [],
    ['masquerade', 'user-writable-path'],
  ),
  ordinary(
    'svchost of the 32-bit half',
    { os: 'windows', path: 'C:\\Windows\\SysWOW64\\svchost.exe', signer: MICROSOFT },
    [],
    ['masquerade'],
  ),
  ordinary(
    'explorer where it belongs',
    { os: 'windows', path: 'C:\\Windows\\explorer.exe', signer: MICROSOFT },
    [],
    ['masquerade'],
  ),
  ordinary(
    'an explorer of an update',
    {
      os: 'windows',
      path: 'C:\\Windows\\WinSxS\\amd64_microsoft-windows-explorer_31bf3856ad364e35_10.0.26100.1_none_1d2\\explorer.exe',
      signer: MICROSOFT,
    },
    [],
    ['masquerade'],
  ),
  ordinary(
    'Defender from its own folder',
    {
      os: 'windows',
      path: 'C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.24090.11-0\\MsMpEng.exe',
      signer: MICROSOFT,
    },
    [],
    ['masquerade', 'user-writable-path'],
  ),
  ordinary(
    'Notepad of the Store',
    {
      os: 'windows',
      path: 'C:\\Program Files\\WindowsApps\\Microsoft.WindowsNotepad_11.2407.9.0_x64__8wekyb3d8bbwe\\Notepad\\Notepad.exe',
      signer: MICROSOFT,
    },
    [],
    ['masquerade'],
  ),
  ordinary('sshd where it belongs', { os: 'linux', path: '/usr/sbin/sshd' }, [], ['masquerade']),
  ordinary('systemd where it belongs', { os: 'linux', path: '/usr/lib/systemd/systemd' }, [], ['masquerade']),
  ordinary(
    'Finder where it belongs',
    { os: 'macos', path: '/System/Library/CoreServices/Finder.app/Contents/MacOS/Finder' },
    [],
    ['masquerade'],
  ),
];
