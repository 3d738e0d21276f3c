import { notable, ordinary, type TriageCase } from './case.ts';

const DOWNLOADS = 'C:\\Users\\sara.lindqvist\\Downloads';
const HELP_DESK = 'CISA AA23-025A, malicious use of RMM software';
const SPIDER = 'CISA AA23-320A, Scattered Spider';
const LOLRMM = 'LOLRMM';

/** Programs that let others in: honest products, and what scammers and gangs ask people to install. */
export const REMOTE_ACCESS: readonly TriageCase[] = [
  notable(
    'AnyDesk for a caller',
    HELP_DESK,
    {
      os: 'windows',
      path: `${DOWNLOADS}\\AnyDesk.exe`,
      signer: { subject: 'CN=AnyDesk Software GmbH, O=AnyDesk Software GmbH, L=Stuttgart, C=DE', valid: true },
      remotePresence: true,
      reason: 'The man from the bank needs it to fix my computer',
    },
    ['remote-access-tool', 'remote-presence', 'user-writable-path'],
  ),
  notable('AnyDesk, a portable copy', HELP_DESK, { os: 'windows', path: 'C:\\ProgramData\\AnyDesk (2).exe' }, [
    'remote-access-tool',
    'user-writable-path',
  ]),
  notable(
    'AnyDesk under a long name',
    HELP_DESK,
    { os: 'windows', path: `${DOWNLOADS}\\AnyDesk_Setup_v8.0.11_x64.exe`, signer: 'unsigned' },
    ['remote-access-tool', 'unsigned'],
  ),
  notable(
    'AnyDesk told by its product',
    HELP_DESK,
    { os: 'windows', path: `${DOWNLOADS}\\Support.exe`, product: 'AnyDesk' },
    ['remote-access-tool'],
  ),
  notable(
    'ScreenConnect as a bill',
    HELP_DESK,
    {
      os: 'windows',
      path: `${DOWNLOADS}\\ScreenConnect.ClientSetup.exe`,
      signer: { subject: 'CN="Connectwise, LLC", O="Connectwise, LLC", L=Tampa, S=Florida, C=US' },
      reason: 'open the statement from social security',
    },
    ['remote-access-tool', 'user-writable-path'],
  ),
  notable(
    'ScreenConnect’s service',
    'ATT&CK S0591',
    {
      os: 'windows',
      path: 'C:\\Program Files (x86)\\ScreenConnect Client (4a1f0e7b2c9d8e6f)\\ScreenConnect.ClientService.exe',
    },
    ['remote-access-tool'],
  ),
  notable(
    'ScreenConnect under Black Basta',
    'CISA AA24-131A, Black Basta',
    {
      os: 'windows',
      path: 'C:\\Windows\\Temp\\ScreenConnect.WindowsClient.exe',
      process: 'C:\\Windows\\System32\\svchost.exe',
    },
    ['remote-access-tool', 'user-writable-path'],
  ),
  notable(
    'Quick Assist during a call',
    'Microsoft 2024, Storm-1811',
    {
      os: 'windows',
      path: 'C:\\Program Files\\WindowsApps\\MicrosoftCorporationII.QuickAssist_2.0.32.0_x64__8wekyb3d8bbwe\\Microsoft.RemoteAssistance.QuickAssist\\QuickAssist.exe',
      remotePresence: true,
      reason: 'IT is on the phone about the spam',
    },
    ['remote-access-tool', 'remote-presence'],
  ),
  notable(
    'NetSupport Manager as client32',
    'Microsoft 2024, Storm-1811',
    {
      os: 'windows',
      path: 'C:\\Users\\sara.lindqvist\\AppData\\Roaming\\UpdateService\\client32.exe',
      signer: { subject: 'CN=NetSupport Ltd, O=NetSupport Ltd' },
    },
    ['remote-access-tool', 'user-writable-path'],
  ),
  notable('Fleetdeck', SPIDER, { os: 'windows', path: `${DOWNLOADS}\\fleetdeck-agent.exe` }, ['remote-access-tool']),
  notable(
    'Tactical RMM',
    SPIDER,
    { os: 'windows', path: `${DOWNLOADS}\\tacticalagent-v2.9.1-windows-amd64.exe`, signer: 'unsigned' },
    ['remote-access-tool', 'unsigned'],
  ),
  notable('Pulseway', SPIDER, { os: 'windows', path: `${DOWNLOADS}\\Pulseway_x64.msi` }, ['remote-access-tool']),
  notable(
    'Splashtop',
    SPIDER,
    {
      os: 'windows',
      path: `${DOWNLOADS}\\Splashtop_Streamer_Windows_DEPLOY_INSTALLER_v3.6.0.1.exe`,
      signer: { subject: 'CN=Splashtop Inc., O=Splashtop Inc.' },
    },
    ['remote-access-tool'],
  ),
  notable(
    'TeamViewer',
    SPIDER,
    {
      os: 'windows',
      path: `${DOWNLOADS}\\TeamViewer_Setup_x64.exe`,
      signer: { subject: 'CN=TeamViewer Germany GmbH, O=TeamViewer Germany GmbH, C=DE', valid: true },
    },
    ['remote-access-tool'],
  ),
  notable(
    'SimpleHelp',
    'CISA AA25-163A, SimpleHelp',
    { os: 'windows', path: 'C:\\ProgramData\\JWrapper-Remote Access\\SimpleHelpCustomer.exe' },
    ['remote-access-tool', 'user-writable-path'],
  ),
  notable(
    'Atera',
    'Proofpoint 2024, MuddyWater and Atera',
    { os: 'windows', path: `${DOWNLOADS}\\setup.msi`, product: 'AteraAgent', vendor: 'Atera networks' },
    ['remote-access-tool'],
  ),
  notable(
    'Syncro',
    'Group-IB 2023, MuddyWater',
    { os: 'windows', path: 'C:\\Program Files\\RepairTech\\Syncro\\Syncro.Service.exe', product: 'Syncro' },
    ['remote-access-tool'],
  ),
  notable('MeshAgent', LOLRMM, { os: 'linux', path: '/usr/local/mesh_services/meshagent/meshagent' }, [
    'remote-access-tool',
  ]),
  notable('RustDesk', 'CISA AA24-109A, Akira', { os: 'windows', path: `${DOWNLOADS}\\rustdesk-1.2.3-x86_64.exe` }, [
    'remote-access-tool',
  ]),
  notable(
    'RustDesk for the Mac',
    LOLRMM,
    { os: 'macos', path: '/Volumes/RustDesk/RustDesk.app/Contents/MacOS/RustDesk' },
    ['remote-access-tool', 'user-writable-path'],
  ),
  notable('UltraViewer', LOLRMM, { os: 'windows', path: `${DOWNLOADS}\\UltraViewer_setup_6.6_en.exe` }, [
    'remote-access-tool',
  ]),
  notable(
    'Remote Utilities',
    'ATT&CK S0592',
    { os: 'windows', path: 'C:\\Program Files (x86)\\Remote Utilities - Host\\rutserv.exe' },
    ['remote-access-tool'],
  ),
  notable(
    'Remote Manipulator System',
    'CERT-UA 2023, Remote Manipulator System',
    { os: 'windows', path: 'C:\\Users\\sara.lindqvist\\AppData\\Local\\Temp\\rfusclient.exe' },
    ['remote-access-tool', 'user-writable-path'],
  ),
  notable('TightVNC, unasked for', LOLRMM, { os: 'windows', path: 'C:\\Users\\Public\\tvnserver.exe' }, [
    'remote-access-tool',
    'user-writable-path',
  ]),
  notable('Supremo', LOLRMM, { os: 'windows', path: `${DOWNLOADS}\\Supremo.exe` }, ['remote-access-tool']),
  notable(
    'Ammyy Admin',
    'ATT&CK S0381, FlawedAmmyy',
    { os: 'windows', path: `${DOWNLOADS}\\Ammyy_Admin.exe`, scan: 'suspicious' },
    ['remote-access-tool', 'scan-suspicious'],
  ),
  notable('RDP Wrapper', LOLRMM, { os: 'windows', path: 'C:\\Temp\\RDPWInst.exe', signer: 'unsigned' }, [
    'remote-access-tool',
    'user-writable-path',
  ]),
  notable('Zoho Assist', LOLRMM, { os: 'windows', path: `${DOWNLOADS}\\ZA_Connect.exe` }, ['remote-access-tool']),
  notable('LogMeIn Rescue', LOLRMM, { os: 'windows', path: `${DOWNLOADS}\\Support-LogMeInRescue.exe` }, [
    'remote-access-tool',
  ]),
  notable(
    'Chrome Remote Desktop',
    LOLRMM,
    {
      os: 'windows',
      path: `${DOWNLOADS}\\chromeremotedesktophost.msi`,
      signer: { subject: 'CN=Google LLC, O=Google LLC' },
    },
    ['remote-access-tool'],
  ),
  notable('DWAgent on Linux', LOLRMM, { os: 'linux', path: '/home/omar/Downloads/dwagent.sh' }, [
    'remote-access-tool',
    'script-host',
    'user-writable-path',
  ]),
  ordinary(
    'TeamViewer that the vendor’s support uses',
    {
      os: 'windows',
      path: 'C:\\Program Files\\TeamViewer\\TeamViewer.exe',
      product: 'TeamViewer',
      signer: { subject: 'CN=TeamViewer Germany GmbH', valid: true },
      reason: 'Maintenance of the milling machine by Heller, Thursday 14:00, ticket 8812',
    },
    ['remote-access-tool'],
  ),
  ordinary(
    'our own help desk’s ScreenConnect',
    {
      os: 'windows',
      path: 'C:\\Program Files (x86)\\ScreenConnect Client (9c2b)\\ScreenConnect.WindowsClient.exe',
      reason: 'Agent update of our MSP',
      organization: 'Northwind',
    },
    ['remote-access-tool'],
  ),
];
