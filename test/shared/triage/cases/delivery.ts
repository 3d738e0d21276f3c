import { notable, type TriageCase } from './case.ts';

const OFFICE = 'C:\\Program Files\\Microsoft Office\\root\\Office16';
const SYSTEM32 = 'C:\\Windows\\System32';
const USER = 'C:\\Users\\anna.kowalska';

/** How malware reached people, as incident reports tell it. */
export const DELIVERY: readonly TriageCase[] = [
  notable(
    '3CX’s updated desktop app',
    '3CX and Mandiant 2023, 3CX supply chain',
    {
      os: 'windows',
      path: `${USER}\\AppData\\Local\\Programs\\3CXDesktopApp\\app\\3CXDesktopApp.exe`,
      version: '18.12.416',
      signer: { subject: 'CN=3CX Ltd, O=3CX Ltd, L=Nicosia, C=CY', valid: true },
      scan: 'suspicious',
    },
    ['user-writable-path', 'scan-suspicious'],
  ),
  notable(
    '3CX on a Mac',
    '3CX and Mandiant 2023, 3CX supply chain',
    { os: 'macos', path: '/Users/zoe/Library/Application Support/3CX Desktop App/UpdateAgent', signer: 'unsigned' },
    ['user-writable-path', 'unsigned'],
  ),
  notable(
    'QakBot: a library by regsvr32',
    'CISA AA23-242A, QakBot',
    { os: 'windows', path: `${SYSTEM32}\\regsvr32.exe`, process: `${OFFICE}\\EXCEL.EXE` },
    ['abused-system-program', 'unusual-parent'],
  ),
  notable(
    'QakBot: OneNote starts mshta',
    'Sophos 2023, Qakbot in OneNote',
    { os: 'windows', path: `${SYSTEM32}\\mshta.exe`, process: `${OFFICE}\\ONENOTE.EXE` },
    ['abused-system-program', 'script-host', 'unusual-parent'],
  ),
  notable(
    'Emotet: Word starts PowerShell',
    'CISA TA18-201A, Emotet',
    { os: 'windows', path: `${SYSTEM32}\\WindowsPowerShell\\v1.0\\powershell.exe`, process: `${OFFICE}\\WINWORD.EXE` },
    ['unusual-parent'],
  ),
  notable(
    'the equation editor starts a program',
    'NVD CVE-2017-11882',
    {
      os: 'windows',
      path: `${USER}\\AppData\\Local\\Temp\\name.exe`,
      signer: 'unsigned',
      process: 'C:\\Program Files\\Common Files\\microsoft shared\\EQUATION\\EQNEDT32.EXE',
    },
    ['unusual-parent', 'unsigned', 'user-writable-path'],
  ),
  notable(
    'an attachment opened in Outlook',
    'ATT&CK T1566.001',
    {
      os: 'windows',
      path: `${USER}\\AppData\\Local\\Microsoft\\Windows\\INetCache\\Content.Outlook\\8X2K\\Order.exe`,
      signer: 'unsigned',
      process: `${OFFICE}\\OUTLOOK.EXE`,
    },
    ['unusual-parent', 'unsigned', 'user-writable-path'],
  ),
  notable(
    'a PDF that starts a program',
    'ATT&CK T1203',
    {
      os: 'windows',
      path: `${USER}\\AppData\\Local\\Temp\\AdobeUpd.exe`,
      signer: 'unsigned',
      process: 'C:\\Program Files\\Adobe\\Acrobat DC\\Acrobat\\Acrobat.exe',
    },
    ['unusual-parent', 'user-writable-path'],
  ),
  notable(
    'a browser that starts a download at once',
    'ATT&CK T1204.001',
    {
      os: 'windows',
      path: `${USER}\\Downloads\\FlashPlayer_update.exe`,
      signer: 'unsigned',
      process: 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    },
    ['unusual-parent', 'unsigned', 'user-writable-path'],
  ),
  notable(
    'a helper sent over Teams',
    'Microsoft 2023, Midnight Blizzard over Teams',
    {
      os: 'windows',
      path: `${USER}\\Downloads\\AntiSpam.exe`,
      signer: 'unsigned',
      process: 'C:\\Program Files\\WindowsApps\\MSTeams_24215.1007_x64\\ms-teams.exe',
      reason: 'Help desk told me to run the spam filter',
    },
    ['unusual-parent', 'unsigned'],
  ),
  notable(
    'SocGholish’s Update.js',
    'ATT&CK S1124',
    { os: 'windows', path: `${USER}\\Downloads\\Update.js`, process: `${SYSTEM32}\\wscript.exe` },
    ['script-host', 'user-writable-path'],
  ),
  notable(
    'Gootloader’s contract',
    'ATT&CK S1138',
    {
      os: 'windows',
      path: `${USER}\\AppData\\Local\\Temp\\Temp1_employment agreement.zip\\employment agreement 41245.js`,
    },
    ['script-host', 'user-writable-path'],
  ),
  notable(
    'Raspberry Robin on a stick',
    'Red Canary 2022, Raspberry Robin',
    { os: 'windows', path: 'E:\\USB DISK.lnk', process: `${SYSTEM32}\\cmd.exe`, scan: 'not-scanned' },
    ['not-scanned'],
  ),
  notable(
    'DarkComet’s copy',
    'ATT&CK S0334',
    { os: 'windows', path: `${USER}\\Documents\\MSDCSC\\msdcsc.exe`, signer: 'unsigned', scan: 'malicious' },
    ['scan-malicious', 'unsigned', 'user-writable-path'],
  ),
  notable(
    'WannaCry’s tasksche',
    'ATT&CK S0366',
    { os: 'windows', path: 'C:\\ProgramData\\rxdoyqvsz142\\tasksche.exe', signer: 'unsigned', scan: 'malicious' },
    ['scan-malicious', 'unsigned', 'user-writable-path'],
  ),
  notable(
    'Sowbug’s adobecms',
    'ATT&CK T1036.005, Sowbug',
    { os: 'windows', path: `${USER}\\AppData\\Roaming\\microsoft\\security\\adobecms.exe`, signer: 'unsigned' },
    ['unsigned', 'user-writable-path'],
  ),
  notable(
    'a browser update from Temp',
    'ATT&CK S1124',
    {
      os: 'windows',
      path: `${USER}\\AppData\\Local\\Temp\\Chrome_Update_117.exe`,
      signer: 'unsigned',
      scan: 'suspicious',
      reason: 'the page said my browser is too old',
    },
    ['unsigned', 'scan-suspicious', 'user-writable-path'],
  ),
  notable(
    'a stolen certificate that is no longer valid',
    'ATT&CK T1553.002',
    {
      os: 'windows',
      path: `${USER}\\Downloads\\driver_setup.exe`,
      signer: { subject: 'CN=Realtek Semiconductor Corp', valid: false },
    },
    ['certificate-invalid', 'user-writable-path'],
  ),
  notable(
    'a signed file that was changed',
    'NVD CVE-2013-3900',
    {
      os: 'windows',
      path: 'C:\\Users\\Public\\setup.exe',
      signer: { subject: 'CN=Microsoft Corporation', valid: true, digestMismatch: true },
    },
    ['certificate-invalid', 'user-writable-path'],
  ),
  notable(
    'a changed file under a good name',
    'ATT&CK T1553.002',
    {
      os: 'windows',
      path: 'C:\\Program Files\\Zoom\\bin\\Zoom.exe',
      signer: { subject: 'CN=Zoom Video Communications, Inc.', valid: false, digestMismatch: true },
      scan: 'clean',
    },
    ['certificate-invalid'],
  ),
  notable(
    'a program on a share of the internet',
    'ATT&CK T1105',
    { os: 'windows', path: '\\\\files.example@SSL\\DavWWWRoot\\docs\\viewer.exe', signer: 'unsigned' },
    ['user-writable-path', 'unsigned'],
  ),
  notable(
    'a program on the caller’s own drive',
    'ATT&CK T1021.001',
    { os: 'windows', path: '\\\\tsclient\\C\\tools\\run.exe', signer: 'unsigned', isServer: true },
    ['user-writable-path', 'server'],
  ),
  notable(
    'a program in a color profile’s folder',
    'github.com/api0cradle/UltimateAppLockerByPassList',
    { os: 'windows', path: `${SYSTEM32}\\spool\\drivers\\color\\upd.exe`, signer: 'unsigned' },
    ['user-writable-path', 'unsigned'],
  ),
  notable(
    'a program in C:\\Windows\\Tasks',
    'github.com/api0cradle/UltimateAppLockerByPassList',
    { os: 'windows', path: 'C:\\Windows\\Tasks\\svc.exe', signer: 'unsigned' },
    ['user-writable-path', 'unsigned'],
  ),

  // macOS
  notable(
    'Atomic Stealer from a disk image',
    'Malwarebytes 2023, Atomic Stealer',
    {
      os: 'macos',
      path: '/Volumes/TradingView/TradingView.app/Contents/MacOS/TradingView',
      signer: 'unsigned',
      process: '/bin/bash',
    },
    ['user-writable-path', 'unsigned'],
  ),
  notable(
    'Atomic Stealer asks by osascript',
    'SentinelOne 2023, Atomic Stealer',
    { os: 'macos', path: '/usr/bin/osascript', process: '/Volumes/Launcher/Launcher.app/Contents/MacOS/Launcher' },
    ['abused-system-program', 'script-host'],
  ),
  notable(
    'Cuckoo Stealer',
    'ATT&CK S1153',
    {
      os: 'macos',
      path: '/Volumes/DumpMedia Spotify Music Converter/DumpMediaSpotifyMusicConverter.app/Contents/MacOS/upd',
      signer: 'unsigned',
    },
    ['user-writable-path', 'unsigned'],
  ),
  notable(
    'Shlayer’s Flash Player',
    'ATT&CK S0402',
    { os: 'macos', path: '/Volumes/Player/Flash Player.app/Contents/MacOS/install.command' },
    ['script-host', 'user-writable-path'],
  ),
  notable(
    'Keydnap’s space behind jpg',
    'ATT&CK S0276',
    { os: 'macos', path: '/Users/zoe/Downloads/screenshot.jpg ', signer: 'unsigned' },
    ['masquerade', 'user-writable-path'],
  ),
  notable('JokerSpy’s xcc', 'Elastic 2023, JOKERSPY', { os: 'macos', path: '/Users/Shared/xcc', signer: 'unsigned' }, [
    'user-writable-path',
    'unsigned',
  ]),
  notable(
    'RustBucket’s PDF viewer',
    'Jamf 2023, RustBucket',
    {
      os: 'macos',
      path: '/Users/zoe/Downloads/Internal PDF Viewer.app/Contents/MacOS/Internal PDF Viewer',
      signer: 'unsigned',
    },
    ['user-writable-path', 'unsigned'],
  ),
  notable(
    'ThiefQuest in a disk image',
    'ATT&CK S0595',
    { os: 'macos', path: '/Volumes/Little Snitch/Install Little Snitch.pkg', signer: 'unsigned', scan: 'malicious' },
    ['scan-malicious', 'user-writable-path', 'unsigned'],
  ),
  notable(
    'KANDYKORN’s first script',
    'Elastic 2023, KANDYKORN',
    { os: 'macos', path: '/Users/zoe/Downloads/Cross-Platform Bridges/Watcher.py' },
    ['script-host', 'user-writable-path'],
  ),
  notable(
    'a command copied from a page',
    'Microsoft 2025, ClickFix',
    {
      os: 'macos',
      kind: 'run-as-admin',
      path: '/bin/bash',
      process: '/System/Applications/Utilities/Terminal.app/Contents/MacOS/Terminal',
      reason: 'captcha check told me to paste it',
    },
    ['elevated-shell'],
  ),

  // Linux
  notable(
    'curl piped to a shell',
    'ATT&CK T1105; GTFOBins curl',
    { os: 'linux', kind: 'elevation', path: '/tmp/install.sh', createdBy: ['/usr/bin/curl'] },
    ['script-host', 'user-writable-path', 'abused-system-program'],
  ),
  notable('BPFDoor in memory', 'ATT&CK S1161', { os: 'linux', path: '/dev/shm/kdmtmpflush', signer: 'unsigned' }, [
    'user-writable-path',
    'unsigned',
  ]),
  notable(
    'Kinsing itself',
    'ATT&CK S0599',
    { os: 'linux', path: '/tmp/kinsing', signer: 'unsigned', scan: 'malicious' },
    ['scan-malicious', 'user-writable-path'],
  ),
  notable(
    'perfctl',
    'Aqua Security 2024, perfctl',
    { os: 'linux', path: '/tmp/.perf.c/perfctl', signer: 'unsigned', scan: 'not-scanned' },
    ['not-scanned', 'user-writable-path'],
  ),
  notable(
    'XMRig by another path',
    'ATT&CK T1496.001',
    { os: 'linux', path: '/home/www/.ssh/.x/xmrig', signer: 'unsigned' },
    ['attack-tool', 'user-writable-path'],
  ),
  notable('PwnKit', 'NVD CVE-2021-4034', { os: 'linux', path: '/home/guest/PwnKit', signer: 'unsigned' }, [
    'attack-tool',
    'user-writable-path',
  ]),
];
