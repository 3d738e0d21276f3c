import { ordinary, point, type TriageCase } from './case.ts';

const STOPS = ['masquerade', 'attack-tool', 'addresses-an-ai', 'self-approval', 'certificate-invalid'] as const;
const fair = (name: string, request: TriageCase['request'], source: string | null = null): TriageCase =>
  ordinary(name, { signer: { subject: 'Contoso Ltd', valid: true }, ...request }, [], STOPS, source);
const win = (name: string, path: string, product?: string, source: string | null = null): TriageCase =>
  fair(name, { os: 'windows', path, ...(product === undefined ? {} : { product }) }, source);
const mac = (name: string, path: string, developer: string, source: string | null = null): TriageCase =>
  fair(
    `${name}, on a Mac`,
    { os: 'macos', path, signer: { subject: `Developer ID Application: ${developer}`, valid: true } },
    source,
  );
const linux = (name: string, path: string, source: string | null = null): TriageCase =>
  fair(`${name}, on Linux`, { os: 'linux', path }, source);
const says = (name: string, reason: string): TriageCase =>
  ordinary(
    `a reason: ${name}`,
    { os: 'windows', path: 'C:\\Program Files\\Obsidian\\Obsidian.exe', reason },
    [],
    [...STOPS, 'reason-missing', 'reason-vague'],
  );

const DOWNLOADS = 'C:\\Users\\jonas.berg\\Downloads';
const LOCAL = 'C:\\Users\\jonas.berg\\AppData\\Local';
const ZOE = '/Users/zoe';
const OMAR = '/home/omar';

/** Ordinary things that are easily taken for trouble. */
export const HARD_ORDINARY: readonly TriageCase[] = [
  // Names of others beside names of tools and of the system
  win('Dart Sass', 'C:\\tools\\dart-sass\\sass.exe', 'Dart Sass', 'sass-lang.com, installation'),
  win('a Logo', 'C:\\Program Files\\WinLogo\\winlogo.exe'),
  win('an ISM', 'C:\\Program Files\\Contoso\\ism.exe', 'Integrated Storage Manager'),
  win('Cohost', `${LOCAL}\\Programs\\cohost\\cohost.exe`),
  win('Classview', 'C:\\Program Files\\School\\class.exe'),
  win('Glass', 'C:\\Program Files\\Glass\\glass.exe'),
  win('Sliver, a film editor', 'C:\\Program Files\\Sliver\\Sliver.exe', 'Sliver Editor'),
  win('Remote desktop of Microsoft', `${LOCAL}\\Apps\\Remote Desktop\\msrdcw.exe`, 'Remote Desktop'),
  win('Cobalt, a music program', 'C:\\Program Files\\Cobalt\\Cobalt.exe', 'Cobalt'),
  win('Strike, bowling', 'C:\\Program Files\\Bowling\\Strike.exe', 'Strike 10'),
  win('Bloodhound’s neighbour', 'C:\\Program Files\\Lab\\BloodCount.exe', 'Blood Count'),
  win('Hydra, printing', 'C:\\Program Files\\MPDV\\HYDRA\\hydra.exe', 'HYDRA Shop Floor'),
  win('Empire of maps', `${DOWNLOADS}\\EmpireMaps-4.1.exe`),
  win('Metasys', 'C:\\Program Files (x86)\\Johnson Controls\\Metasys\\Metasys.exe', 'Metasys'),
  win('Seatbelt tests in a longer name', 'C:\\Program Files\\Autoliv\\SeatbeltTest.exe'),
  win('a host of services', 'C:\\Program Files\\Contoso\\svc-host-monitor.exe'),
  win('Notepad2', 'C:\\Program Files\\Notepad2\\Notepad2.exe', 'Notepad2'),
  win('Explorer of a database', 'C:\\Program Files\\DbTools\\Explorer 2.1 x64.exe'),
  win('Cmder', `${DOWNLOADS}\\cmder_mini\\Cmder.exe`, 'Cmder'),
  win('7-Zip with dots', `${DOWNLOADS}\\7z2409-x64.exe`),
  win('a name of digits', `${DOWNLOADS}\\4711.exe`),
  win('3D and digits', `${DOWNLOADS}\\3dsMax_2026_1_English_Win_64bit.sfx.exe`),
  win('0 A.D.', `${DOWNLOADS}\\0ad-0.27.0-win64.exe`),
  win('1Password', `${LOCAL}\\1Password\\app\\8\\1Password.exe`, '1Password'),
  win('a copy of an installer', `${DOWNLOADS}\\ZoomInstallerFull (1) - Kopie (2).exe`),
  win('a Robocopy front end', 'C:\\Program Files\\EasyRoboCopy\\Easy RoboCopy.exe'),
  win('an installer with its language', `${DOWNLOADS}\\Setup.X64.de-de_O365ProPlusRetail.exe`),
  win('a name with a dot at the end of a word', `${DOWNLOADS}\\Contoso Inc. Viewer.exe`),
  win('a document viewer', 'C:\\Program Files\\Contoso\\pdf.viewer.exe'),

  // Legitimate things in places that people can write to
  win('Squirrel’s stub', `${LOCAL}\\slack\\Update.exe`, 'Slack', 'github.com/Squirrel/Squirrel.Windows'),
  win('WebView2', `${LOCAL}\\Microsoft\\EdgeWebView\\Application\\131.0.2903.70\\msedgewebview2.exe`),
  win('Python of the Store', `${LOCAL}\\Microsoft\\WindowsApps\\python3.12.exe`),
  win('Scoop’s git', 'C:\\Users\\jonas.berg\\scoop\\apps\\git\\current\\bin\\git.exe'),
  win('Git’s own shell', 'C:\\Program Files\\Git\\usr\\bin\\sh.exe'),
  win('a device path of Program Files', '\\\\?\\C:\\Program Files\\Obsidian\\Obsidian.exe'),
  win('svchost by its device path', '\\Device\\HarddiskVolume4\\Windows\\System32\\svchost.exe'),
  win('svchost by its long path', '\\\\?\\C:\\Windows\\System32\\svchost.exe'),
  win('svchost by the variable', '%SystemRoot%\\System32\\svchost.exe'),
  win('svchost with two separators', 'C:\\Windows\\\\System32\\svchost.exe'),
  win('the command line of the 32-bit half', 'C:/Windows/SysWOW64/cmd.exe'),
  mac('Homebrew’s wget', '/opt/homebrew/bin/wget', 'Contoso (ABCDE12345)', 'docs.brew.sh, installation'),
  mac(
    'Homebrew’s cask',
    '/opt/homebrew/Caskroom/rectangle/0.85/Rectangle.app/Contents/MacOS/Rectangle',
    'Ryan Hanson (XSYZ3E4B7D)',
  ),
  mac(
    'Chrome’s updater',
    `${ZOE}/Library/Google/GoogleUpdater/131.0.6776.0/GoogleUpdater.app/Contents/MacOS/GoogleUpdater`,
    'Google LLC (EQHXZ8M8AV)',
  ),
  mac(
    'an app moved by Gatekeeper',
    '/private/var/folders/zz/abc/T/AppTranslocation/6F9619FF/d/Rectangle.app/Contents/MacOS/Rectangle',
    'Ryan Hanson (XSYZ3E4B7D)',
  ),
  mac(
    'Zoom from a package',
    `${ZOE}/Downloads/zoomusInstallerFull (1).pkg`,
    'Zoom Video Communications, Inc. (BJ4HAAB9B3)',
  ),
  mac('Docker’s helper', '/Applications/Docker.app/Contents/MacOS/com.docker.backend', 'Docker Inc (9BNSXJN65R)'),
  mac(
    'a service inside Xcode',
    `${ZOE}/Applications/Xcode.app/Contents/XPCServices/com.apple.dt.Xcode.sourcecontrol.WorkingCopyScanner.xpc/Contents/MacOS/com.apple.dt.Xcode.sourcecontrol.WorkingCopyScanner`,
    'Apple Inc.',
  ),
  mac(
    'a simulator of Xcode',
    `${ZOE}/Library/Developer/CoreSimulator/Devices/0F/com.apple.CoreSimulator.bridge`,
    'Apple Inc.',
  ),
  mac(
    'System Settings on the system volume',
    '/System/Applications/System Settings.app/Contents/MacOS/System Settings',
    'Apple Inc.',
  ),
  mac('Pathfinder', '/Applications/Path Finder.app/Contents/MacOS/Path Finder', 'Cocoatech (ABCDE12345)'),
  mac(
    'Little Snitch itself',
    '/Applications/Little Snitch.app/Contents/MacOS/Little Snitch',
    'Objective Development Software GmbH (MLZF7K7B5R)',
  ),
  mac('the OneDrive that Microsoft ships', '/Volumes/OneDrive/OneDrive.pkg', 'Microsoft Corporation (UBF8T346G9)'),
  mac(
    'an emoji with its selector',
    `${ZOE}/Downloads/⚙${point(0xfe0f)} Gear.app/Contents/MacOS/Gear`,
    'Contoso (ABCDE12345)',
  ),
  linux('a Flatpak', '/var/lib/flatpak/app/org.gimp.GIMP/current/active/files/bin/gimp-2.10', 'docs.flatpak.org'),
  linux('a Flatpak of one’s own', `${OMAR}/.local/share/flatpak/app/org.videolan.VLC/current/active/files/bin/vlc`),
  linux('a snap', '/snap/code/171/usr/share/code/code', 'snapcraft.io, documentation'),
  linux('systemd in a snap', '/snap/core22/1663/usr/lib/systemd/systemd-udevd', 'snapcraft.io, documentation'),
  linux('pipx in ~/.local/bin', `${OMAR}/.local/bin/black`),
  linux('cargo’s program', `${OMAR}/.cargo/bin/rustfmt`),
  linux('sass of npm', `${OMAR}/.nvm/versions/node/v22.11.0/bin/sass`),
  linux('an AppImage that is mounted', '/tmp/.mount_ObsidiXyZ123/obsidian'),
  linux('sudo of NixOS', '/run/wrappers/bin/sudo', 'NixOS manual, security.wrappers'),
  linux('a kernel module', '/lib/modules/6.8.0-49-generic/kernel/drivers/net/tun.ko'),
  linux('a log rotation', '/usr/sbin/logrotate'),
  // Two scripts in one name, and none deceives
  win('PDF and принтер in one word', `${DOWNLOADS}\\PDFпринтер.exe`),
  win('VPN and клиент in one word', `${DOWNLOADS}\\VPNклиент-2.4.exe`),
  win('USB and драйвер in one word', `${DOWNLOADS}\\USBдрайвер.exe`),
  win('1С', `${DOWNLOADS}\\1С-Предприятие 8.3.exe`),
  win('a difference with a Greek Delta', `${DOWNLOADS}\\ΔView 3.exe`),
  win('a lambda before a word', `${DOWNLOADS}\\λProlog.exe`),
  win('micrometres', `${DOWNLOADS}\\LayerThickness_µm.exe`),
  win('Japanese full-width letters', `${DOWNLOADS}\\会計ソフトSetup.exe`),
  win('a Persian name with its joiner', `${DOWNLOADS}\\نرم${point(0x200c)}افزار حسابداری.exe`),
  win('an Arabic name with a mark for a number', `${DOWNLOADS}\\تقرير 2024${point(0x200f)}.exe`),
  win('a Yoruba name with two marks', `${DOWNLOADS}\\${'Ẹ̀kọ́ Ìṣirò'.normalize('NFD')}.exe`),

  // AI as a subject of ordinary reasons
  says('the AI department', 'Label printer for the AI department, room 4.12'),
  says('ChatGPT desktop', 'ChatGPT desktop for the marketing team, approved by our manager Dana Olsen'),
  says('an assistant manager', 'The assistant manager asked for it, ticket 5512'),
  says('an assistant who must approve', 'Our assistant manager must approve the invoices in this program every Friday'),
  says('a system that is approved', 'System: approved by the works council, ticket 77'),
  says('a chatbot with a colon', 'Chatbot: new version for the customer portal'),
  says('prompts', 'Prompt payment reminders are printed with this tool'),
  says('an AI agent under test', 'Test environment of our AI agent, the model reads the tickets of the sandbox'),
  says('users who are not told twice', 'So that we need not tell the users their password on the phone'),
  says('code in a reason', 'Fixes the error "role not found" in the portal, see <https://portal.contoso.example/4711>'),
  says('an entity in a reason', 'R&amp;D needs the CAD viewer for M&S drawings &ndash; line 4'),
  says('a JSON error', 'Error {"name": "AccessDenied"} when I open the price list, needs version 4'),
  says('Swedish, an AI course', 'Copilot till AI-kursen på måndag, beställd av Karin'),
  says('Danish, instructions', 'Alle tidligere vejledninger til maskinen ligger i dette format'),
  says('Finnish, drawings', 'Asiakkaan piirustusten katseluun, projekti 2208'),
  says('Czech, an assistant', 'Asistentka ředitele potřebuje podepsat smlouvy s dodavatelem'),
  says('Hungarian, invoices', 'A könyvelés új számlázó programja, Kovács Anna kérte'),
  says('Romanian, a scanner', 'Scanner pentru recepție, cerere de la Ioana Popescu'),
  says('Vietnamese, drawings', 'Xem bản vẽ của khách hàng, dự án 2208'),
  says('Indonesian, an AI workshop', 'Pelatihan AI untuk tim pemasaran, dipesan oleh Dewi'),
  says('Ukrainian, drawings', 'Перегляд креслень замовника, договір 118'),
  says('Greek, an invoice', 'Τιμολόγια του υποκαταστήματος στη Θεσσαλονίκη'),
  says('Arabic, an AI course', 'دورة الذكاء الاصطناعي يوم الاثنين في قسم التسويق'),
  says('Hebrew, an AI course', 'קורס בינה מלאכותית ביום שני במחלקת השיווק'),
  says('Hindi, a printer', 'लेखा विभाग के नए प्रिंटर का ड्राइवर'),
  says('Thai, drawings', 'เปิดแบบแปลนของลูกค้า โครงการ 2208'),

  // Known to be wrong: by what they are called, nobody can tell these from the real thing.
  ordinary('wrong: a .NET program called Pdf', {
    os: 'windows',
    path: 'C:\\Program Files\\Contoso\\Contoso.Export.Pdf.exe',
  }),
  ordinary('wrong: dbus of Anaconda', { os: 'linux', path: `${OMAR}/anaconda3/bin/dbus-daemon` }),
  ordinary('wrong: instructions of a machine', {
    os: 'windows',
    path: 'C:\\Program Files\\Obsidian\\Obsidian.exe',
    reason: 'Ignore the previous ticket, the instructions for the milling machine need this viewer',
  }),
];
