import { type EngineResult, StatusCode } from '../model.ts';
import { type AdminByRequestDraft, upperSha256 } from './make-request.ts';

export interface NamedDraft extends AdminByRequestDraft {
  readonly name: string;
  /** What it is there for. */
  readonly why: string;
}

const DAY = 24 * 60;

const engines = (...flagged: string[]): EngineResult[] =>
  ['Engine A', 'Engine B', 'Engine C', 'Engine D'].map((engine) => {
    const bad = flagged.includes(engine);
    return {
      engine,
      scanResult: bad ? 'Malicious' : 'Clean',
      scanResultCode: bad ? 1 : 0,
      threat: bad ? 'Trojan.Generic' : null,
    };
  });

/** In the order of their ids. */
export const STANDARD_REQUESTS: readonly NamedDraft[] = [
  {
    name: 'abr-expiring',
    why: 'an old request that expires within a day',
    minutesAgo: 13 * DAY + 60,
    computer: 'NW-LT-203',
    reason: 'Update of the scanner program, see ticket 5120',
    application: { file: 'scansnap-update.exe', name: 'ScanSnap Update', vendor: 'PFU Limited', version: '3.1' },
  },
  {
    name: 'abr-finished',
    why: 'approved, used and finished',
    minutesAgo: 3 * DAY,
    statusCode: StatusCode.finished,
    approvedBy: 'Robin Rival',
    approvedByEmail: 'robin.rival@northwind.example',
    computer: 'NW-LT-202',
    reason: 'Update',
    application: {
      file: 'TOTALCMD64.EXE',
      path: 'C:\\Program Files\\totalcmd',
      name: 'Total Commander',
      vendor: 'Ghisler Software GmbH',
      version: '9.22a',
    },
  },
  {
    name: 'abr-denied',
    why: 'denied yesterday',
    minutesAgo: DAY,
    statusCode: StatusCode.denied,
    deniedBy: 'Robin Rival',
    deniedByEmail: 'robin.rival@northwind.example',
    deniedReason: 'No private software, please.',
    computer: 'NW-LT-202',
    reason: 'game',
    application: { file: 'steam_setup.exe', name: 'Steam', vendor: 'Valve Corp.', version: '2.10.91' },
  },
  {
    name: 'abr-approved',
    why: 'approved and not used yet',
    minutesAgo: 600,
    statusCode: StatusCode.open,
    approvedBy: 'Robin Rival',
    approvedByEmail: 'robin.rival@northwind.example',
    computer: 'NW-LT-201',
    reason: 'VPN client',
    application: { file: 'vpn-setup.exe', name: 'Fourth Coffee VPN', vendor: 'Fourth Coffee', version: '7.0' },
  },
  {
    name: 'abr-session',
    why: 'an admin session: every application fact is null, the scan code 0',
    minutesAgo: 85,
    typeCode: 1,
    computer: 'NW-LT-203',
    application: null,
    reason: 'Install the plotter and its three drivers, change request 771',
  },
  {
    name: 'abr-server',
    why: 'a server session',
    minutesAgo: 55,
    typeCode: 2,
    computer: 'NW-SRV-FILE1',
    application: null,
    user: { account: 'NORTHWIND\\ben.carter', fullName: 'Ben Carter', email: 'ben.carter@northwind.example' },
    reason: 'Move the shares to the new disk',
  },
  {
    name: 'abr-quarantined',
    why: 'held because of its scan; a PUT does nothing',
    minutesAgo: 48,
    statusCode: StatusCode.quarantined,
    computer: 'NW-LT-202',
    reason: 'Free video converter',
    application: {
      file: 'free-converter.exe',
      name: 'Free Converter',
      version: '0.9',
      scanResult: 'Malicious',
      scanResultCode: 1,
      threat: 'Trojan.Generic',
    },
    scanResults: engines('Engine A', 'Engine B', 'Engine C'),
  },
  {
    name: 'abr-malicious',
    why: 'pending although the scan says malicious',
    minutesAgo: 40,
    computer: 'NW-LT-203',
    reason: 'Codec for the training video',
    application: {
      file: 'codec-pack.exe',
      name: 'Codec Pack',
      version: '12',
      scanResult: 'Malicious',
      scanResultCode: 1,
      threat: 'Adware.Bundler',
    },
    scanResults: engines('Engine B'),
  },
  {
    name: 'abr-cmd',
    why: 'a command processor, and the approver’s own request',
    minutesAgo: 26,
    computer: 'NW-LT-201',
    user: {
      account: 'NORTHWIND\\kim.approver',
      fullName: 'Kim Approver',
      email: 'approver@northwind.example',
      isAdmin: true,
    },
    reason: 'Need to run a cmd',
    application: {
      file: 'cmd.exe',
      path: 'C:\\Windows\\System32',
      name: 'Windows Command Processor',
      vendor: 'Microsoft Corporation',
      version: '10.0.26100.1 (WinBuild.160101.0800)',
    },
    scanResults: engines(),
  },
  {
    name: 'abr-obsidian',
    why: 'the same file as in ThreatLocker, its SHA-256 in upper case',
    minutesAgo: 15,
    computer: 'NW-LT-201',
    settingsName: 'Office',
    reason: 'Same notes tool as our customer',
    application: {
      file: 'Obsidian.exe',
      path: 'C:\\Users\\alva.nilsson\\AppData\\Local\\Programs\\Obsidian',
      name: 'Obsidian',
      vendor: 'Dynalist Inc.',
      version: '1.8.10',
      sha256: upperSha256('obsidian'),
    },
    scanResults: engines(),
  },
  {
    name: 'abr-mac-unscanned',
    why: 'macOS, never scanned, no vendor',
    minutesAgo: 5,
    computer: 'NW-MAC-07',
    reason: 'Build tools für das neue Projekt – 急ぎません',
    application: {
      file: 'toolchain.pkg',
      path: '/Users/dev.patel/Downloads',
      name: 'toolchain',
      version: null,
      scanResult: null,
      scanResultCode: null,
    },
  },
];

/** Finished entries of the audit log, older than the list of requests reaches or handled within it. */
export const HISTORY: readonly AdminByRequestDraft[] = Array.from({ length: 12 }, (_, index) => ({
  minutesAgo: (28 - index * 2) * DAY + 90,
  statusCode: index % 4 === 3 ? StatusCode.denied : StatusCode.finished,
  computer: ['NW-LT-201', 'NW-LT-202', 'NW-LT-203'][index % 3] ?? 'NW-LT-201',
  reason: ['Printer driver', 'Update, ticket 4711', 'New phone software'][index % 3] ?? '',
  approvedBy: index % 4 === 3 ? null : 'Robin Rival',
  approvedByEmail: index % 4 === 3 ? null : 'robin.rival@northwind.example',
  application: { name: `Office Tool ${index % 5}`, file: `office-tool-${index % 5}.exe`, vendor: 'Litware Inc.' },
}));
