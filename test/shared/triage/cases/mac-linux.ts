import { notable, point, type TriageCase } from './case.ts';

const HOME = '/Users/ines.costa';
const OMAR = '/home/omar';
const developer = (subject: string) => ({ subject: `Developer ID Application: ${subject}`, valid: true });
const PLACED = ['user-writable-path'] as const;

/** What came to Macs and Linux computers, as reports and the lists of system programs tell it. */
export const MAC_LINUX: readonly TriageCase[] = [
  // Stealers on Macs
  notable(
    'Poseidon Stealer as a portal’s program',
    'NCSC Switzerland 2024, Poseidon Stealer',
    { os: 'macos', path: '/Volumes/AGOV-Access/AGOV-Access.app/Contents/MacOS/AGOV-Access', signer: 'unsigned' },
    [...PLACED, 'unsigned'],
  ),
  notable(
    'MacStealer’s disk image',
    'Uptycs 2023, MacStealer',
    { os: 'macos', path: '/Volumes/weed/weed.app/Contents/MacOS/weed', signer: 'unsigned', scan: 'malicious' },
    ['scan-malicious', ...PLACED, 'unsigned'],
  ),
  notable(
    'a stealer that asks for the password by osascript',
    'LOOBins osascript; SentinelOne 2023, Atomic Stealer',
    { os: 'macos', path: '/usr/bin/osascript', process: '/Volumes/Notion/Notion.app/Contents/MacOS/Notion' },
    ['abused-system-program', 'script-host'],
    ['masquerade'],
  ),
  notable(
    'a script that a page had somebody paste',
    'ATT&CK T1204.004',
    { os: 'macos', kind: 'run-as-admin', path: '/tmp/update', signer: 'unsigned', createdBy: ['/usr/bin/curl'] },
    ['abused-system-program', ...PLACED, 'unsigned'],
  ),
  notable(
    'XLoader as OfficeNote',
    'SentinelOne 2023, XLoader',
    {
      os: 'macos',
      path: '/Volumes/OfficeNote/OfficeNote.app/Contents/MacOS/OfficeNote',
      signer: { ...developer('MAIT JAKHU (54YDV8NU9C)'), valid: false },
    },
    ['certificate-invalid', ...PLACED],
  ),
  notable(
    'a trojanized helper in /private/tmp',
    'Trend Micro 2021, ZuRu',
    { os: 'macos', path: '/private/tmp/GoogleUpdate', signer: 'unsigned' },
    [...PLACED, 'unsigned'],
  ),
  notable('ZuRu’s script', 'Trend Micro 2021, ZuRu', { os: 'macos', path: '/tmp/g.py', createdBy: ['/usr/bin/curl'] }, [
    'script-host',
    'abused-system-program',
    ...PLACED,
  ]),
  notable(
    'ThiefQuest’s copy in Apple’s name',
    'ATT&CK S0595',
    { os: 'macos', path: `${HOME}/Library/AppQuest/com.apple.questd`, signer: 'unsigned' },
    ['masquerade', ...PLACED],
  ),
  notable(
    'a launch agent’s program in Apple’s name',
    'ATT&CK T1543.001',
    { os: 'macos', path: `${HOME}/Library/LaunchAgents/com.apple.softwareupdate`, signer: 'unsigned' },
    ['masquerade', ...PLACED],
  ),
  notable(
    'Silver Sparrow’s agent',
    'Red Canary 2021, Silver Sparrow',
    {
      os: 'macos',
      path: `${HOME}/Library/Application Support/agent_updater/agent.sh`,
      process: '/usr/bin/osascript',
    },
    ['script-host', 'abused-system-program', ...PLACED],
  ),
  notable(
    'Dok, signed by a developer',
    'ATT&CK S0281',
    {
      os: 'macos',
      path: '/Users/Shared/AppStore.app/Contents/MacOS/AppStore',
      signer: { ...developer('Seven Muller (ABCDE12345)'), valid: false },
    },
    ['certificate-invalid', ...PLACED],
  ),
  notable(
    'a document that is an application',
    'ATT&CK T1036.007',
    { os: 'macos', path: `${HOME}/Downloads/Salary overview.pdf.app/Contents/MacOS/applet`, signer: 'unsigned' },
    ['masquerade', ...PLACED],
  ),
  notable(
    'a document that is a package',
    'ATT&CK T1036.007',
    { os: 'macos', path: `${HOME}/Downloads/Offer_2026.docx.pkg`, signer: 'unsigned' },
    ['masquerade', ...PLACED],
  ),
  notable(
    'a Finder with another program in it',
    'ATT&CK T1036.005',
    { os: 'macos', path: '/Volumes/Install/Finder.app/Contents/MacOS/launcher', signer: 'unsigned' },
    ['masquerade', ...PLACED],
  ),
  notable(
    'sudo in a folder of one’s own',
    'ATT&CK T1574.007',
    { os: 'macos', path: `${HOME}/bin/sudo`, signer: 'unsigned' },
    ['masquerade', ...PLACED],
  ),
  notable(
    'Finder on the data volume',
    'ATT&CK T1036.005',
    { os: 'macos', path: `/System/Volumes/Data${HOME}/Finder`, signer: 'unsigned' },
    ['masquerade', ...PLACED],
  ),
  notable(
    'a program by way of the start disk’s name',
    null,
    { os: 'macos', path: `/Volumes/Macintosh HD${HOME}/Downloads/player`, signer: 'unsigned' },
    [...PLACED, 'unsigned'],
  ),
  notable(
    'a script of the Script Editor',
    'LOOBins osacompile',
    { os: 'macos', path: `${HOME}/Desktop/Zoom fix.scpt` },
    ['script-host', ...PLACED],
  ),
  notable(
    'Python of Homebrew with a number',
    'ATT&CK T1059.006',
    { os: 'macos', path: '/opt/homebrew/bin/python3.13' },
    ['script-host', 'user-writable-path'],
  ),
  notable(
    'EvilOSX',
    'github.com/Marten4n6/EvilOSX',
    { os: 'macos', path: `${HOME}/Library/Containers/.x/EvilOSX.py` },
    ['attack-tool', 'script-host'],
  ),
  notable('SwiftBelt', 'github.com/cedowens/SwiftBelt', { os: 'macos', path: '/tmp/SwiftBelt', signer: 'unsigned' }, [
    'attack-tool',
    ...PLACED,
  ]),
  notable('LaZagne on a Mac', 'ATT&CK S0349', { os: 'macos', path: `${HOME}/Downloads/laZagne` }, ['attack-tool']),
  ...['dscl', 'networksetup', 'screencapture', 'nvram'].map((name) =>
    notable(
      `${name} as administrator`,
      `LOOBins ${name}`,
      {
        os: 'macos',
        kind: 'run-as-admin',
        path: `/usr/sbin/${name}`,
        signer: { subject: 'Software Signing', valid: true },
      },
      ['abused-system-program'],
      ['masquerade'],
    ),
  ),

  // Remote control of Macs
  ...(
    [
      ['AnyDesk', '/Volumes/AnyDesk/AnyDesk.app/Contents/MacOS/AnyDesk', 'philandro Software GmbH (ABCDE12345)'],
      [
        'TeamViewer QuickSupport',
        `${HOME}/Downloads/TeamViewerQS.app/Contents/MacOS/TeamViewerQS`,
        'TeamViewer Germany GmbH (H7UGFBUGV6)',
      ],
      [
        'Splashtop Streamer',
        '/Applications/Splashtop Streamer.app/Contents/MacOS/Splashtop Streamer',
        'Splashtop Inc. (CPQQ3AW49Y)',
      ],
      [
        'ScreenConnect',
        '/Applications/connectwisecontrol-4f1c2d3e.app/Contents/MacOS/connectwisecontrol',
        'ConnectWise, Inc. (ABCDE12345)',
      ],
      ['RealVNC', '/Library/vnc/VNC Server.app/Contents/MacOS/vncserverd', 'RealVNC Ltd (ABCDE12345)'],
      ['MeshAgent', '/usr/local/mesh_services/meshagent/meshagent_osx-universal-64', 'Contoso (ABCDE12345)'],
      ['Zoho Assist', `${HOME}/Downloads/Zoho Assist.app/Contents/MacOS/ZohoAssist`, 'ZOHO Corporation (TZ824L8Y37)'],
      [
        'an AnyDesk whose program has another name',
        `${HOME}/Downloads/AnyDesk.app/Contents/MacOS/launcher`,
        'Contoso (ABCDE12345)',
      ],
    ] as const
  ).map(([name, path, signer]) =>
    notable(
      `${name} on a Mac, for somebody who called`,
      'LOLRMM',
      {
        os: 'macos',
        kind: 'run-as-admin',
        path,
        signer: developer(signer),
        reason: 'The bank’s security team is on the phone',
      },
      ['remote-access-tool'],
      ['masquerade', 'attack-tool'],
    ),
  ),

  // Linux
  notable(
    'a kernel thread in brackets',
    'Elastic, Executable Masquerading as Kernel Process',
    { os: 'linux', path: '/usr/bin/[kworker]', signer: 'unsigned' },
    ['masquerade'],
  ),
  notable('a miner as kthrotlds', 'ATT&CK T1036.004', { os: 'linux', path: '/usr/bin/kthrotlds', signer: 'unsigned' }, [
    'masquerade',
  ]),
  notable(
    'a miner as kworkerds',
    'Trend Micro 2018, cryptocurrency-mining malware with a rootkit',
    { os: 'linux', path: '/var/tmp/kworkerds', signer: 'unsigned' },
    ['masquerade', ...PLACED],
  ),
  notable(
    'systemd-udevd in a home',
    'ATT&CK T1036.005',
    { os: 'linux', path: `${OMAR}/.cache/systemd-udevd`, signer: 'unsigned' },
    ['masquerade', ...PLACED],
  ),
  notable('sudo in ~/.local/bin', 'ATT&CK T1574.007', { os: 'linux', path: `${OMAR}/.local/bin/sudo` }, [
    'masquerade',
    ...PLACED,
  ]),
  notable(
    'a program that is only in memory',
    'ATT&CK T1620',
    { os: 'linux', path: '/memfd:update (deleted)', signer: 'unsigned' },
    [...PLACED, 'unsigned'],
  ),
  notable('a program of an open file', 'ATT&CK T1620', { os: 'linux', path: '/proc/4711/fd/5' }, [...PLACED]),
  notable(
    'a path that goes up and down again',
    'ATT&CK T1036.005',
    { os: 'linux', path: '/usr/sbin/../../tmp/sshd', signer: 'unsigned' },
    ['masquerade', ...PLACED],
  ),
  notable('LinEnum', 'github.com/rebootuser/LinEnum', { os: 'linux', path: '/dev/shm/LinEnum.sh' }, [
    'attack-tool',
    'script-host',
    ...PLACED,
  ]),
  notable('pspy', 'github.com/DominicBreuker/pspy', { os: 'linux', path: '/tmp/pspy64', signer: 'unsigned' }, [
    'attack-tool',
    ...PLACED,
  ]),
  notable('Diamorphine', 'github.com/m0nad/Diamorphine', { os: 'linux', path: '/tmp/diamorphine.ko' }, ['attack-tool']),
  notable('gs-netcat', 'github.com/hackerschoice/gsocket', { os: 'linux', path: `${OMAR}/.config/dbus/gs-netcat` }, [
    'network-or-password-tool',
    ...PLACED,
  ]),
  notable(
    'a miner beside an open database',
    'ATT&CK T1496.001',
    { os: 'linux', path: '/dev/shm/.x/xmrig-6.21.0/xmrig' },
    ['attack-tool', ...PLACED],
  ),
  notable(
    'Perl that runs an IRC bot',
    'GTFOBins perl; Trend Micro 2019, Outlaw',
    { os: 'linux', path: '/usr/bin/perl5.36', process: '/tmp/.X17-unix/.rsync/c/run' },
    ['script-host'],
  ),
  ...['sudo', 'su', 'zsh', 'dash'].map((name) =>
    notable(
      `${name} with root’s rights`,
      `GTFOBins ${name}`,
      { os: 'linux', kind: 'elevation', path: `/usr/bin/${name}` },
      ['elevated-shell'],
      ['masquerade'],
    ),
  ),

  // Windows: the same file, spelt otherwise
  notable(
    'a folder that is called Windows and a space',
    'Elastic 290aca65-e94d-403b-ba0f-62f320e63f51; Tenable 2018, mock directories',
    { os: 'windows', path: 'C:\\Windows \\System32\\easinvoker.exe', createdBy: ['C:\\Windows\\System32\\cmd.exe'] },
    ['masquerade'],
  ),
  notable(
    'a program in a stream of a text file',
    'ATT&CK T1564.004',
    { os: 'windows', path: 'C:\\Users\\Public\\notes.txt:update.exe', signer: 'unsigned' },
    ['masquerade', ...PLACED],
  ),
  notable(
    'svchost by way of the update store and up again',
    'ATT&CK T1036.005',
    { os: 'windows', path: 'C:\\Windows\\WinSxS\\..\\..\\Users\\Public\\svchost.exe', signer: 'unsigned' },
    ['masquerade', ...PLACED],
  ),
  notable(
    'a folder with a Cyrillic letter',
    'CAPEC-632',
    { os: 'windows', path: `C:\\Wind${point(0x43e)}ws\\System32\\update.exe`, signer: 'unsigned' },
    ['masquerade'],
  ),
  notable(
    'svchost64',
    'ATT&CK T1036.005',
    { os: 'windows', path: 'C:\\ProgramData\\svchost64.exe', signer: 'unsigned' },
    ['masquerade', ...PLACED],
  ),
  notable('svchost.exe.exe', 'ATT&CK T1036.007', { os: 'windows', path: 'C:\\Users\\Public\\svchost.exe.exe' }, [
    'masquerade',
  ]),
  notable(
    'a link to a page that is called a picture',
    'Trend Micro 2024, CVE-2024-21412',
    { os: 'windows', path: '\\\\203.0.113.9@80\\pictures\\photo_2023-12-29.jpg.url' },
    ['masquerade', 'user-writable-path'],
  ),
  notable(
    'an image file that is called a document',
    'CISA AA23-242A, QakBot',
    { os: 'windows', path: 'C:\\Users\\ines\\Downloads\\Contract_2211.pdf.iso' },
    ['masquerade', 'user-writable-path'],
  ),
  notable(
    'a soft hyphen in the name',
    'ATT&CK T1036',
    { os: 'windows', path: `C:\\Users\\Public\\svc${point(0xad)}host.exe`, signer: 'unsigned' },
    ['masquerade'],
  ),
  notable(
    'a joiner in the name',
    'ATT&CK T1036',
    { os: 'windows', path: `C:\\Users\\Public\\chr${point(0x200c)}ome.exe`, signer: 'unsigned' },
    ['masquerade'],
  ),
];
