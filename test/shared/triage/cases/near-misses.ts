import { ordinary, type TriageCase } from './case.ts';

const STOPS = ['masquerade', 'attack-tool', 'addresses-an-ai'] as const;
const DOWNLOADS = 'C:\\Users\\jonas.berg\\Downloads';

const near = (name: string, path: string, product?: string): TriageCase =>
  ordinary(
    name,
    {
      os: path.startsWith('/Users') ? 'macos' : path.startsWith('/') ? 'linux' : 'windows',
      path,
      ...(product === undefined ? {} : { product }),
    },
    [],
    STOPS,
  );
const fine = (name: string, file: string, product?: string): TriageCase =>
  ordinary(
    name,
    { os: 'windows', path: `C:\\Program Files\\${file}`, ...(product === undefined ? {} : { product }) },
    [],
    [...STOPS, 'remote-access-tool', 'network-or-password-tool', 'abused-system-program', 'user-writable-path'],
  );

/** What looks like trouble and is none. */
export const NEAR_MISSES: readonly TriageCase[] = [
  near('mimi', `${DOWNLOADS}\\mimi.exe`),
  near('Mimic, a simulation', `${DOWNLOADS}\\Mimics_26.0_x64.exe`, 'Materialise Mimics'),
  near('PDF24', `${DOWNLOADS}\\pdf24-creator-11.20.0.exe`, 'PDF24 Creator'),
  near('PDF24.exe', 'C:\\Program Files\\PDF24\\PDF24.exe'),
  near('a report with dots', `${DOWNLOADS}\\report.v2.final.exe`),
  near('a version with dots', `${DOWNLOADS}\\tool.1.2.3.exe`),
  near('a language with dots', `${DOWNLOADS}\\setup.de-DE.x64.exe`),
  near('a .NET program with dots', 'C:\\Program Files\\Contoso\\Contoso.Ledger.Client.exe'),
  near('PDF in a product’s name', `${DOWNLOADS}\\foxit.pdf.editor.13.exe`),
  near('a converter from doc to pdf', `${DOWNLOADS}\\doc2pdf.exe`),
  near('an archive of an archive', `${DOWNLOADS}\\backup.tar.gz`),
  near('a minified script', 'C:\\Apps\\web\\jquery.min.js'),
  near('Explorer++', `${DOWNLOADS}\\Explorer++.exe`, 'Explorer++'),
  near('explorerplus', 'C:\\Program Files\\ExplorerPlus\\explorerplus.exe'),
  near('a service host of our own', 'C:\\Program Files\\Contoso\\ServiceHost.exe'),
  near('svc as the start of a name', 'C:\\Program Files\\Contoso\\svc-hosting.exe'),
  near('notepad++', 'C:\\Program Files\\Notepad++\\notepad++.exe'),
  near(
    'Notepads of the Store',
    'C:\\Program Files\\WindowsApps\\19282JackieLiu.Notepads-Beta_1.5.6.0_x64\\Notepads.exe',
  ),
  near(
    'conhost’s neighbour OpenConsole',
    'C:\\Program Files\\WindowsApps\\Microsoft.WindowsTerminal_1.21.0_x64\\OpenConsole.exe',
  ),
  near('services of a vendor', 'C:\\Program Files\\Contoso\\ContosoServices.exe'),
  near('a folder called svchost', 'C:\\Docs\\svchost analysis\\viewer.exe'),
  near('a folder called System32 tools', 'C:\\Training\\system32 basics\\quiz.exe'),
  near('winlog, no winlogon', 'C:\\Program Files\\Weather\\winlog.exe'),
  near(
    'a long name with single spaces',
    `${DOWNLOADS}\\Label Designer for Zebra and Brother printers version 12 setup.exe`,
  ),
  near('a name with a rule of underscores', `${DOWNLOADS}\\Contoso_Label_Designer_12_setup.exe`),
  near('a copy with a number', `${DOWNLOADS}\\ZoomInstallerFull (1).exe`),
  near('a German copy', `${DOWNLOADS}\\Rechnungsprogramm - Kopie.exe`),

  near('a name: accents', `${DOWNLOADS}\\Comptabilité générale été 2026.exe`),
  near('a name: umlauts, decomposed', `${DOWNLOADS}\\${'Bürgerbüro Müller.exe'.normalize('NFD')}`),
  near('a name: Polish letters', `${DOWNLOADS}\\Płatnik źródłowy.exe`),
  near('a name: Czech letters', `${DOWNLOADS}\\Účetnictví příručka.exe`),
  near('a name: Vietnamese letters', `${DOWNLOADS}\\Phần mềm kế toán.exe`),
  near('a name: Turkish letters', `${DOWNLOADS}\\Muhasebe İşlem Yazılımı.exe`),
  near('a name: Russian', `${DOWNLOADS}\\Бухгалтерия.exe`),
  near('a name: Russian and a Latin product as two words', `${DOWNLOADS}\\Установка Zoom.exe`),
  near('a name: Greek', `${DOWNLOADS}\\Λογιστική.exe`),
  near('a name: Chinese', `${DOWNLOADS}\\财务软件安装程序.exe`),
  near('a name: Japanese', `${DOWNLOADS}\\一太郎ビューア.exe`),
  near('a name: Korean', `${DOWNLOADS}\\한글과컴퓨터 뷰어.exe`),
  near('a name: Arabic, without an override', `${DOWNLOADS}\\برنامج المحاسبة.exe`),
  near('a name: Hebrew, without an override', `${DOWNLOADS}\\תוכנת הנהלת חשבונות.exe`),
  near('a name: Arabic on Linux', '/home/omar/المحاسبة/برنامج'),
  near('a name: Thai', `${DOWNLOADS}\\โปรแกรมบัญชี.exe`),
  near('a name: Hindi', `${DOWNLOADS}\\लेखा सॉफ्टवेयर.exe`),
  near('a name: an emoji', '/Users/zoe/Downloads/🎨 Palette.app/Contents/MacOS/Palette'),

  fine('AI in a product', 'Nuance\\AI Assistant\\assistant.exe', 'AI Assistant'),
  fine('a product that approves', 'Contoso\\Approval Manager\\ApprovalManager.exe', 'Approval Manager'),
  fine('System Prompt, a reader', 'SysPrompt\\reader.exe', 'Teleprompter Studio'),
  fine('John Deere', 'John Deere\\Service ADVISOR\\ServiceAdvisor.exe', 'John Deere Service ADVISOR'),
  fine('a level', 'LevelSensor\\Level Config.exe', 'Level Sensor Configuration'),
  fine('a gate that is “Tor” in German', 'Hörmann\\Tor-Steuerung.exe', 'Tor-Steuerung'),
  fine('a seat belt', 'Autoliv\\Seatbelt Test Bench.exe', 'Seatbelt Test Bench'),
  fine('a potato', 'AgriSoft\\Potato Planner.exe', 'Potato Planner'),
  fine('a remote control for a projector', 'Epson\\iProjection\\iProjection.exe', 'Epson iProjection'),
  fine('an assistant of a vendor', 'HP\\HP Support Assistant\\HPSF.exe', 'HP Support Assistant'),
  fine('a covenant', 'Parish\\Covenant Members.exe', 'Covenant Members'),
  fine('Empire, a game of accounting', 'Empire\\EmpireERP.exe', 'Empire ERP'),
  fine('Havoc in a physics engine', 'Havok\\HavokVisualDebugger.exe', 'Havok Visual Debugger'),
  fine('Donut charts', 'Charts\\DonutChartMaker.exe', 'Donut Chart Maker'),
  fine('a CNC editor', 'CIMCO\\NC-Base\\NC-Base.exe', 'CIMCO NC-Base'),
  fine('Ruler on the screen', 'Ruler\\Screen Ruler.exe', 'Screen Ruler'),
  fine('Team Viewer of sports', 'Sports\\TeamView.exe', 'Team Sheet Viewer'),
];
