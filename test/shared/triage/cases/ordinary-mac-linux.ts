import { ordinary, type TriageCase } from './case.ts';

const signed = (subject: string) => ({ subject: `Developer ID Application: ${subject}`, valid: true });
const mac = (
  path: string,
  signer: string,
  reason: string,
  kind: 'application' | 'run-as-admin' = 'application',
): TriageCase =>
  ordinary(
    `${path.split('/').at(-1)} on a Mac`,
    { os: 'macos', kind, path, signer: signed(signer), reason },
    [],
    ['unsigned', 'attack-tool', 'remote-access-tool', 'network-or-password-tool', 'elevated-shell'],
  );
const linux = (path: string, reason: string, kind: 'application' | 'elevation' = 'application'): TriageCase =>
  ordinary(
    `${path.split('/').at(-1)} on Linux`,
    { os: 'linux', kind, path, reason },
    [],
    ['attack-tool', 'remote-access-tool', 'network-or-password-tool', 'elevated-shell'],
  );

/** What people at Macs and Linux computers ask for every day. */
export const ORDINARY_MAC_LINUX: readonly TriageCase[] = [
  mac(
    '/Users/zoe/Downloads/Rectangle.app/Contents/MacOS/Rectangle',
    'Ryan Hanson (XSYZ3E4B7D)',
    'Für zwei Bildschirme',
  ),
  mac(
    '/Volumes/Firefox/Firefox.app/Contents/MacOS/firefox',
    'Mozilla Corporation (43AQ936H96)',
    'Web tests of the shop',
  ),
  mac(
    '/Applications/Adobe Photoshop 2025/Adobe Photoshop 2025.app/Contents/MacOS/Adobe Photoshop 2025',
    'Adobe Inc. (JQ525L2MZD)',
    'Pictures for the catalogue',
  ),
  mac(
    '/Users/zoe/Downloads/Homebrew-4.4.0.pkg',
    'Mike McQuaid (927JGANW46)',
    'Build tools for the app team',
    'run-as-admin',
  ),
  mac(
    '/Users/zoe/Downloads/zoomusInstallerFull.pkg',
    'Zoom Video Communications, Inc. (BJ4HAAB9B3)',
    'Video calls',
    'run-as-admin',
  ),
  mac(
    '/Volumes/Google Chrome/Google Chrome.app/Contents/MacOS/Google Chrome',
    'Google LLC (EQHXZ8M8AV)',
    'The booking portal only works in Chrome',
  ),
  mac(
    '/Applications/Microsoft Word.app/Contents/MacOS/Microsoft Word',
    'Microsoft Corporation (UBF8T346G9)',
    'Contracts',
  ),
  mac(
    '/Users/zoe/Library/Application Support/Figma/FigmaAgent.app/Contents/MacOS/FigmaAgent',
    'Figma, Inc. (T8RA8NE3B7)',
    'Fonts in the design files',
  ),
  mac('/Applications/Xcode.app/Contents/MacOS/Xcode', 'Apple Inc.', 'Licence of the new version', 'run-as-admin'),
  mac('/Applications/Final Cut Pro.app/Contents/MacOS/Final Cut Pro', 'Apple Inc.', 'Film for the trade fair'),
  mac(
    '/Users/zoe/Downloads/Wacom Tablet_6.4.8.pkg',
    'Wacom Technology Corp. (EG27766DY7)',
    'Drawing tablet',
    'run-as-admin',
  ),
  mac(
    '/Users/zoe/Downloads/Canon_ADV_v10.19.17_Mac/PS_Installer.pkg',
    'Canon Inc. (XE2XNRRXZ5)',
    'Printer on floor 3',
    'run-as-admin',
  ),
  mac('/Applications/Docker.app/Contents/MacOS/Docker', 'Docker Inc (9BNSXJN65R)', 'Test environment'),
  mac('/Applications/1Password.app/Contents/MacOS/1Password', 'AgileBits Inc. (2BUA8C4S2C)', 'Team vault'),
  ordinary(
    'a disk image',
    {
      os: 'macos',
      path: '/Volumes/Obsidian 1.8.10/Obsidian.app/Contents/MacOS/Obsidian',
      signer: signed('Dynalist Inc. (6JSW4SJWN9)'),
      reason: 'Notes of the design team',
    },
    ['user-writable-path'],
    ['unsigned'],
  ),
  ordinary(
    'System Settings as administrator',
    {
      os: 'macos',
      kind: 'run-as-admin',
      path: '/System/Applications/System Settings.app/Contents/MacOS/System Settings',
      signer: { subject: 'Software Signing', valid: true },
      reason: 'Add the floor printer',
    },
    [],
    ['masquerade'],
  ),
  ordinary(
    'a script of the app team',
    { os: 'macos', path: '/Users/zoe/src/app/build.sh', reason: 'Nightly build of the app' },
    ['script-host', 'user-writable-path'],
  ),

  linux('/usr/local/bin/kubectl', 'Deploy to the test cluster, issue 771'),
  linux('/usr/bin/code', 'Editor for the firmware'),
  linux('/opt/google/chrome/chrome', 'Tests of the shop'),
  linux('/snap/firefox/current/usr/lib/firefox/firefox', 'Browser of the workshop computer'),
  linux('/home/omar/Downloads/zoom_amd64.deb', 'Video calls', 'elevation'),
  linux(
    '/home/omar/Downloads/google-chrome-stable_current_x86_64.rpm',
    'The booking portal only works in Chrome',
    'elevation',
  ),
  linux('/home/omar/Applications/Obsidian-1.8.10.AppImage', 'Notes'),
  linux('/home/omar/.local/share/JetBrains/Toolbox/apps/intellij-idea/bin/idea', 'Java development'),
  linux('/usr/bin/apt-get', 'Security updates of the build server', 'elevation'),
  linux('/usr/bin/systemctl', 'Restart of the label service', 'elevation'),
  linux('/usr/bin/docker', 'Containers of the shop', 'elevation'),
  linux('/usr/lib/jvm/java-21-openjdk-amd64/bin/javac', 'Compiler for the interface'),
  linux('/opt/Citrix/ICAClient/wfica', 'Access to the clinic’s system'),
  linux('/usr/bin/libreoffice', 'Letters'),
  linux('/nix/store/0a1b2c3d4e5f-hello-2.12/bin/hello', 'Example of the training'),
];
