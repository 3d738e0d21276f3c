import { notable, point, type TriageCase } from './case.ts';

const RLO = point(0x202e);
const BRAILLE_SPACE = point(0x2800);
const NBSP = point(0xa0);
const [CYRILLIC_A, CYRILLIC_E, CYRILLIC_O, CYRILLIC_C, CYRILLIC_X] = [0x430, 0x435, 0x43e, 0x441, 0x445].map((p) =>
  point(p),
);
const TEMP = 'C:\\Users\\maria.silva\\AppData\\Local\\Temp';
const DOWNLOADS = 'C:\\Users\\maria.silva\\Downloads';

/** Files that look like another one: ATT&CK T1036 and what incident reports tell of it. */
export const MASQUERADE: readonly TriageCase[] = [
  // In the wrong place
  notable(
    'svchost in a folder below System32',
    'ATT&CK S0030, Carbanak',
    { os: 'windows', path: 'C:\\Windows\\System32\\com\\svchost.exe', signer: 'unsigned' },
    ['masquerade', 'unsigned'],
  ),
  notable(
    'svchost from Temp',
    'ATT&CK T1036.005',
    { os: 'windows', path: `${TEMP}\\svchost.exe`, signer: 'unsigned', scan: 'not-scanned' },
    ['masquerade', 'unsigned', 'user-writable-path', 'not-scanned'],
  ),
  notable('svchost in C:\\Windows', 'SANS, Hunt Evil', { os: 'windows', path: 'C:\\Windows\\svchost.exe' }, [
    'masquerade',
  ]),
  notable(
    'svchost in ProgramData',
    'SANS, Hunt Evil',
    { os: 'windows', path: 'C:\\ProgramData\\svchost.exe', signer: 'unsigned' },
    ['masquerade', 'user-writable-path'],
  ),
  notable(
    'lsass from AppData',
    'SANS, Hunt Evil',
    { os: 'windows', path: 'C:\\Users\\maria.silva\\AppData\\Roaming\\lsass.exe', signer: 'unsigned' },
    ['masquerade', 'user-writable-path'],
  ),
  notable(
    'csrss, a renamed AdFind',
    'Microsoft 2021, Deep dive into the Solorigate second-stage activation',
    { os: 'windows', path: 'C:\\Windows\\Temp\\csrss.exe', signer: 'unsigned' },
    ['masquerade', 'user-writable-path'],
  ),
  notable(
    'smss in a driver’s folder',
    'SANS, Hunt Evil',
    { os: 'windows', path: 'C:\\Windows\\System32\\drivers\\smss.exe' },
    ['masquerade'],
  ),
  notable(
    'winlogon in the fonts folder',
    'Sigma e4a6b256-3e47-40fc-89d2-7a477edd6915',
    { os: 'windows', path: 'C:\\Windows\\Fonts\\winlogon.exe' },
    ['masquerade'],
  ),
  notable(
    'services from the recycle bin',
    'Sigma e4a6b256-3e47-40fc-89d2-7a477edd6915',
    { os: 'windows', path: 'C:\\$Recycle.Bin\\S-1-5-18\\services.exe', signer: 'unsigned' },
    ['masquerade', 'user-writable-path'],
  ),
  notable(
    'explorer in Public',
    'SANS, Hunt Evil',
    { os: 'windows', path: 'C:\\Users\\Public\\explorer.exe', signer: 'unsigned' },
    ['masquerade', 'user-writable-path'],
  ),
  notable(
    'spoolsv in PerfLogs',
    'Sigma e4a6b256-3e47-40fc-89d2-7a477edd6915',
    { os: 'windows', path: 'C:\\PerfLogs\\spoolsv.exe', signer: 'unsigned' },
    ['masquerade'],
  ),
  notable('taskhostw from a stick', 'ATT&CK T1091', { os: 'windows', path: 'E:\\taskhostw.exe', signer: 'unsigned' }, [
    'masquerade',
    'unsigned',
  ]),
  notable(
    'dllhost beside a game',
    'Sigma e4a6b256-3e47-40fc-89d2-7a477edd6915',
    { os: 'windows', path: 'C:\\Games\\mods\\dllhost.exe', signer: 'unsigned' },
    ['masquerade'],
  ),
  notable(
    'conhost in Roaming',
    'Sigma e4a6b256-3e47-40fc-89d2-7a477edd6915',
    { os: 'windows', path: 'C:\\Users\\maria.silva\\AppData\\Roaming\\Microsoft\\conhost.exe', signer: 'unsigned' },
    ['masquerade', 'user-writable-path'],
  ),
  notable(
    'a renamed agent called dwm',
    'LOLRMM, Teramind',
    { os: 'windows', path: 'C:\\ProgramData\\{4CEC2908-5CE4-48F0-A717-8FC833D8017A}\\dwm.exe' },
    ['masquerade', 'user-writable-path'],
  ),
  notable(
    'RuntimeBroker in Documents',
    'Sigma e4a6b256-3e47-40fc-89d2-7a477edd6915',
    { os: 'windows', path: 'C:\\Users\\maria.silva\\Documents\\RuntimeBroker.exe', signer: 'unsigned' },
    ['masquerade', 'user-writable-path'],
  ),
  notable('rundll32 copied to Temp', 'ATT&CK T1036.003', { os: 'windows', path: `${TEMP}\\rundll32.exe` }, [
    'masquerade',
    'abused-system-program',
  ]),
  notable(
    'cmd copied to the desktop',
    'ATT&CK T1036.003',
    { os: 'windows', path: 'C:\\Users\\maria.silva\\Desktop\\cmd.exe', kind: 'elevation' },
    ['masquerade', 'elevated-shell'],
  ),
  notable(
    'a system path on another drive',
    'ATT&CK T1036.005',
    { os: 'windows', path: 'E:\\Windows\\System32\\svchost.exe', signer: 'unsigned' },
    ['masquerade'],
  ),
  notable(
    're-cased svchost',
    'ATT&CK T1036.005',
    { os: 'windows', path: 'C:\\USERS\\PUBLIC\\SVCHOST.EXE', signer: 'unsigned' },
    ['masquerade', 'user-writable-path'],
  ),
  notable(
    'Finder in a hidden folder',
    'ATT&CK T1036.005',
    { os: 'macos', path: '/Users/zoe/.config/Finder', signer: 'unsigned' },
    ['masquerade', 'user-writable-path'],
  ),
  notable(
    'loginwindow in Shared',
    'ATT&CK T1036.005',
    { os: 'macos', path: '/Users/Shared/.local/loginwindow', signer: 'unsigned' },
    ['masquerade', 'user-writable-path'],
  ),
  notable(
    'a miner as kswapd0',
    'Trend Micro 2020, Outlaw’s updated kit',
    { os: 'linux', path: '/home/git/.configrc/a/kswapd0', signer: 'unsigned' },
    ['masquerade', 'user-writable-path'],
  ),
  notable(
    'Kinsing’s miner',
    'Aqua Security 2020, Kinsing; ATT&CK S0599',
    { os: 'linux', path: '/tmp/kdevtmpfsi', signer: 'unsigned' },
    ['masquerade', 'user-writable-path'],
  ),
  notable(
    'a kernel thread with a file',
    'ATT&CK T1036.009',
    { os: 'linux', path: '/var/tmp/.x/kworker', signer: 'unsigned' },
    ['masquerade', 'user-writable-path'],
  ),
  notable('sshd in /dev/shm', 'ATT&CK T1036.005', { os: 'linux', path: '/dev/shm/sshd', signer: 'unsigned' }, [
    'masquerade',
    'user-writable-path',
  ]),

  // Almost the name
  notable(
    'svch0st with a nought',
    'ATT&CK T1036.005',
    { os: 'windows', path: `${TEMP}\\svch0st.exe`, signer: 'unsigned' },
    ['masquerade', 'user-writable-path'],
  ),
  notable(
    'scvhost, two letters exchanged',
    'ATT&CK T1036.005',
    { os: 'windows', path: 'C:\\Windows\\System32\\scvhost.exe', signer: 'unsigned' },
    ['masquerade'],
  ),
  notable(
    'svhost, a letter short',
    'ATT&CK T1036.005',
    { os: 'windows', path: 'C:\\Windows\\svhost.exe', signer: 'unsigned' },
    ['masquerade'],
  ),
  notable(
    'lsasss, a letter more',
    'ATT&CK T1036.005',
    { os: 'windows', path: 'C:\\Windows\\System32\\lsasss.exe', signer: 'unsigned' },
    ['masquerade'],
  ),
  notable(
    '1sass with a one',
    'ATT&CK T1036.005',
    { os: 'windows', path: 'C:\\Windows\\1sass.exe', signer: 'unsigned' },
    ['masquerade'],
  ),
  notable(
    'rundII32 with capital i’s',
    'ATT&CK T1036.005',
    { os: 'windows', path: 'C:\\ProgramData\\rundII32.exe', signer: 'unsigned' },
    ['masquerade', 'user-writable-path'],
  ),
  notable(
    'explorer with Cyrillic letters',
    'CAPEC-632',
    { os: 'windows', path: `C:\\Users\\Public\\${CYRILLIC_E}${CYRILLIC_X}plorer.exe`, signer: 'unsigned' },
    ['masquerade'],
  ),
  notable(
    'svchost with a Cyrillic c and o',
    'CAPEC-632',
    { os: 'windows', path: `C:\\Windows\\System32\\sv${CYRILLIC_C}h${CYRILLIC_O}st.exe`, signer: 'unsigned' },
    ['masquerade'],
  ),
  notable(
    'Adobe with a Cyrillic a',
    'CAPEC-632',
    { os: 'windows', path: `${DOWNLOADS}\\${CYRILLIC_A}dobe_reader.exe`, signer: 'unsigned' },
    ['masquerade'],
  ),

  // What its name hides
  notable(
    'invoice.pdf.exe',
    'ATT&CK T1036.007',
    { os: 'windows', path: `${DOWNLOADS}\\Invoice_4711.pdf.exe`, signer: 'unsigned' },
    ['masquerade', 'user-writable-path'],
  ),
  notable(
    'LOVE-LETTER-FOR-YOU',
    'CERT CA-2000-04',
    {
      os: 'windows',
      path: `${TEMP}\\LOVE-LETTER-FOR-YOU.TXT.vbs`,
      process: 'C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE',
    },
    ['masquerade', 'unusual-parent'],
  ),
  notable('AnnaKournikova.jpg', 'CERT CA-2001-03', { os: 'windows', path: `${DOWNLOADS}\\AnnaKournikova.jpg.vbs` }, [
    'masquerade',
  ]),
  notable(
    'a space between the endings',
    'Group-IB 2023, CVE-2023-38831',
    { os: 'windows', path: `${TEMP}\\Rar$DIa4508.21\\Strategy.pdf .cmd` },
    ['masquerade'],
  ),
  notable(
    'braille spaces before .hta',
    'Trend Micro 2024, CVE-2024-43461',
    { os: 'windows', path: `${DOWNLOADS}\\Books_A0UJKO.pdf${BRAILLE_SPACE.repeat(26)}.hta` },
    ['masquerade'],
  ),
  notable(
    'sixty spaces before .exe',
    'ATT&CK T1036',
    { os: 'windows', path: `${DOWNLOADS}\\Lebenslauf.pdf${' '.repeat(60)}.exe`, signer: 'unsigned' },
    ['masquerade', 'unsigned'],
  ),
  notable(
    'no-break spaces before .scr',
    'ATT&CK T1036',
    { os: 'windows', path: `${DOWNLOADS}\\photo.jpg${NBSP.repeat(40)}.scr`, signer: 'unsigned' },
    ['masquerade'],
  ),
  notable(
    'underscores before .exe',
    'ATT&CK T1036',
    { os: 'windows', path: `${DOWNLOADS}\\quote.pdf${'_'.repeat(48)}.exe`, signer: 'unsigned' },
    ['masquerade'],
  ),
  notable(
    'turned round: gnp.js',
    'Kaspersky 2018, Telegram zero-day',
    { os: 'windows', path: `${DOWNLOADS}\\photo_high_re${RLO}gnp.js` },
    ['masquerade', 'user-writable-path'],
  ),
  notable(
    'turned round: fdp.exe',
    'ATT&CK T1036.002',
    { os: 'windows', path: `${DOWNLOADS}\\Annual report ${RLO}fdp.exe`, signer: 'unsigned' },
    ['masquerade'],
  ),
  notable(
    'turned round: cod.scr',
    'ATT&CK T1036.002',
    { os: 'windows', path: `${DOWNLOADS}\\CV_2026_${RLO}cod.scr`, signer: 'unsigned' },
    ['masquerade'],
  ),
  notable(
    'turned round on a Mac',
    'F-Secure 2013, Janicab; ATT&CK S0163',
    { os: 'macos', path: `/Users/zoe/Downloads/RecentNews.${RLO}fdp.app/Contents/MacOS/RecentNews` },
    ['masquerade', 'user-writable-path'],
  ),
  notable(
    'a zero-width space in the name',
    'ATT&CK T1036',
    { os: 'windows', path: `C:\\Users\\Public\\svc${point(0x200b)}host.exe`, signer: 'unsigned' },
    ['masquerade'],
  ),
  notable(
    'docx.scr',
    'ATT&CK T1036.007',
    { os: 'windows', path: `${DOWNLOADS}\\Bewerbung Müller.docx.scr`, signer: 'unsigned' },
    ['masquerade'],
  ),
  notable('xlsx.js', 'ATT&CK T1036.007', { os: 'windows', path: `${DOWNLOADS}\\price list.xlsx.js` }, [
    'masquerade',
    'script-host',
  ]),
  notable('pdf.lnk', 'CISA AA23-242A, QakBot', { os: 'windows', path: 'E:\\Document_2901.pdf.lnk' }, ['masquerade']),
  notable(
    'a document in Chinese that is a program',
    null,
    { os: 'windows', path: `${DOWNLOADS}\\发票明细.pdf.exe`, signer: 'unsigned' },
    ['masquerade'],
  ),
  notable(
    'a document in Russian that is a program',
    null,
    { os: 'windows', path: `${DOWNLOADS}\\Счёт на оплату.doc.exe`, signer: 'unsigned' },
    ['masquerade'],
  ),
  notable(
    'upper case INVOICE.PDF.EXE',
    'ATT&CK T1036.007',
    { os: 'windows', path: `${DOWNLOADS}\\INVOICE.PDF.EXE`, signer: 'unsigned' },
    ['masquerade'],
  ),
  notable(
    'a name from the vendor without a path',
    'ATT&CK T1036.007',
    { os: 'windows', path: null, name: 'Rechnung.pdf.exe', signer: 'unsigned' },
    ['masquerade', 'facts-missing'],
  ),
];
