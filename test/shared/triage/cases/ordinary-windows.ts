import { ordinary, type TriageCase } from './case.ts';

const DOWNLOADS = 'C:\\Users\\dana.olsen\\Downloads';
const LOCAL = 'C:\\Users\\dana.olsen\\AppData\\Local';
const signed = (subject: string) => ({ subject: `CN=${subject}, O=${subject}`, valid: true });
const CHROME = ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'];

const installer = (file: string, signer: string, reason: string): TriageCase =>
  ordinary(
    `${file} from Downloads`,
    {
      os: 'windows',
      path: `${DOWNLOADS}\\${file}`,
      signer: signed(signer),
      createdBy: CHROME,
      process: 'C:\\Windows\\explorer.exe',
      reason,
    },
    ['user-writable-path'],
    ['unusual-parent', 'unsigned', 'remote-access-tool', 'network-or-password-tool', 'abused-system-program'],
  );
const installed = (path: string, signer: string, reason: string): TriageCase =>
  ordinary(
    `${path.split('\\').at(-1)} where it is installed`,
    { os: 'windows', path, signer: signed(signer), reason },
    [],
    ['user-writable-path', 'unsigned', 'remote-access-tool', 'network-or-password-tool', 'abused-system-program'],
  );
const updater = (path: string, signer: string, reason: string): TriageCase =>
  ordinary(
    `${path.slice(LOCAL.length + 1)} of the user`,
    { os: 'windows', path, signer: signed(signer), reason },
    ['user-writable-path'],
    ['abused-system-program', 'remote-access-tool'],
  );
const elevated = (path: string, signer: string, reason: string): TriageCase =>
  ordinary(
    `${path.split('\\').at(-1)} with rights`,
    { os: 'windows', kind: 'run-as-admin', path, signer: signed(signer), reason },
    [],
    ['elevated-shell', 'unsigned', 'attack-tool'],
  );

/** What people at Windows computers ask for every day. */
export const ORDINARY_WINDOWS: readonly TriageCase[] = [
  installer('Reader_en_install.exe', 'Adobe Inc.', 'Sign insurance forms, ticket 48213'),
  installer('ZoomInstallerFull.exe', 'Zoom Video Communications, Inc.', 'Video calls with the Lisbon branch'),
  installer('ChromeSetup.exe', 'Google LLC', 'The booking portal only works in Chrome'),
  installer('Firefox Setup 131.0.exe', 'Mozilla Corporation', 'Second browser for web tests'),
  installer('7z2408-x64.exe', 'Igor Pavlov', 'Archives from the customs office'),
  installer('npp.8.7.Installer.x64.exe', 'Notepad++', 'Edit configuration files of the machines'),
  installer('Obsidian-1.8.10.exe', 'Dynalist Inc.', 'Notes in patient meetings'),
  installer('VSCodeUserSetup-x64-1.94.2.exe', 'Microsoft Corporation', 'Macros for the lab reports'),
  installer('python-3.12.4-amd64.exe', 'Python Software Foundation', 'Evaluation of sensor data'),
  installer('Git-2.47.0-64-bit.exe', 'Johannes Schindelin', 'Version control of the drawings'),
  installer('LibreOffice_24.8.2_Win_x86-64.msi', 'The Document Foundation', 'Files in ODT from the city'),
  installer('vlc-3.0.21-win64.exe', 'VideoLAN', 'Training videos'),
  installer('SlackSetup.exe', 'Slack Technologies, LLC', 'Channel of the project Tailwind'),
  installer('DiscordSetup.exe', 'Discord Inc.', 'Community of our game engine vendor'),
  installer('SpotifySetup.exe', 'Spotify AB', 'Music in the showroom'),
  installer('DBeaver-ce-24.2.2-x86_64-setup.exe', 'DBeaver Corp', 'Queries on the reporting database'),
  installer('Docker Desktop Installer.exe', 'Docker Inc', 'Test environment of the web shop'),
  installer('putty-64bit-0.81-installer.msi', 'Simon Tatham', 'SSH to the switches in building 4'),
  installer('WinSCP-6.3.5-Setup.exe', 'Martin Prikryl', 'Upload price lists to the dealer’s server'),
  installer('PowerBI Desktop Setup (x64).exe', 'Microsoft Corporation', 'Sales dashboards'),
  installer('HP_Easy_Start_16_4.exe', 'HP Inc.', 'Printer of the reception'),
  installer('Brother_MFC-L3770CDW_Y17B_C1-hostm-K1.EXE', 'Brother Industries, Ltd.', 'New printer in accounting'),
  installer('Epson_ET-5850_Series_EM_32A_Web.exe', 'SEIKO EPSON CORPORATION', 'Label printing'),
  installer('displaylink_usb_graphics_11.6.exe', 'Synaptics Incorporated', 'Docking station with two screens'),
  installer(
    'AutoCAD_2026_English_Win_64bit_di_en-us_setup_webinstall.exe',
    'Autodesk, Inc.',
    'Floor plans of the new hall',
  ),
  installer('SolidWorksSetup.exe', 'Dassault Systemes SolidWorks Corp.', 'Housing of the pump'),
  installer('ElsterFormular-24.0.exe', 'Bayerisches Landesamt für Steuern', 'Umsatzsteuer'),
  installer('QuickBooksPremier2024.exe', 'Intuit, Inc.', 'Books of the US branch'),
  installer('TurboTax_2025_Installer.exe', 'Intuit Inc.', 'Tax return of the partnership'),
  installer('Citrix Workspace App.exe', 'Citrix Systems, Inc.', 'Access to the clinic’s system'),
  installer('AnyConnect-win-4.10.08029-core-vpn-predeploy-k9.msi', 'Cisco Systems, Inc.', 'VPN of the customer'),
  installer('Teams_windows_x64.exe', 'Microsoft Corporation', 'Meetings with the works council'),

  installed('C:\\Program Files\\Adobe\\Acrobat DC\\Acrobat\\Acrobat.exe', 'Adobe Inc.', 'Edit contracts'),
  installed('C:\\Program Files\\Notepad++\\notepad++.exe', 'Notepad++', 'Read the machine’s log files'),
  installed('C:\\Program Files (x86)\\Sage\\Sage 100\\SageLauncher.exe', 'The Sage Group plc', 'Bookkeeping'),
  installed('C:\\Program Files\\SAP\\FrontEnd\\SAPgui\\saplogon.exe', 'SAP SE', 'Orders of the plant'),
  installed(
    'C:\\Program Files\\Mozilla Thunderbird\\thunderbird.exe',
    'Mozilla Corporation',
    'Mail of the works council',
  ),
  installed('C:\\Program Files\\DATEV\\PROGRAMM\\B0001502\\DvApPaint.exe', 'DATEV eG', 'Year-end closing'),
  installed(
    'C:\\Program Files\\Blender Foundation\\Blender 4.2\\blender.exe',
    'Blender Foundation',
    'Pictures for the catalogue',
  ),

  updater(`${LOCAL}\\Microsoft\\Teams\\Update.exe`, 'Microsoft Corporation', 'Teams wants to update itself'),
  updater(`${LOCAL}\\Discord\\Update.exe`, 'Discord Inc.', 'Discord wants to update itself'),
  updater(`${LOCAL}\\slack\\app-4.40.133\\slack.exe`, 'Slack Technologies, LLC', 'Slack stopped after its update'),
  updater(`${LOCAL}\\Programs\\Microsoft VS Code\\Code.exe`, 'Microsoft Corporation', 'New version of the editor'),
  updater(`${LOCAL}\\Programs\\Obsidian\\Obsidian.exe`, 'Dynalist Inc.', 'Notes of the project'),
  updater(`${LOCAL}\\Temp\\is-4K2QH.tmp\\npp.8.7.tmp`, 'Notepad++', 'Update of the editor'),
  updater(
    `${LOCAL}\\Google\\Chrome\\User Data\\SwReporter\\126.294.200\\software_reporter_tool.exe`,
    'Google LLC',
    'Chrome asked for it',
  ),
  updater(`${LOCAL}\\GitHubDesktop\\app-3.4.8\\GitHubDesktop.exe`, 'GitHub, Inc.', 'Drawings under version control'),

  elevated(
    'C:\\Program Files (x86)\\Zebra\\Setup Utilities\\PrnUtils.exe',
    'Zebra Technologies Corporation',
    'Calibrate the label printer',
  ),
  elevated(
    'C:\\Program Files\\Siemens\\Automation\\Portal V19\\Bin\\Siemens.Automation.Portal.exe',
    'Siemens AG',
    'Program the conveyor, line 2',
  ),
  elevated(
    'C:\\Program Files\\Oracle\\VirtualBox\\VirtualBox.exe',
    'Oracle Corporation',
    'Bridged network for the test machine',
  ),
  elevated(
    'C:\\Program Files (x86)\\Dell\\UpdateService\\DCF\\DellCommandUpdate.exe',
    'Dell Inc',
    'Firmware against the flickering screen',
  ),
  elevated('C:\\Program Files\\Lenovo\\VantageService\\Lenovo.Modern.ImController.exe', 'Lenovo', 'Battery threshold'),

  ordinary(
    'an unsigned program of our own',
    {
      os: 'windows',
      path: 'C:\\Apps\\Contoso\\RoutePlanner\\RoutePlanner.exe',
      signer: 'unsigned',
      reason: 'Our own route planner, version of this week, by Omar',
    },
    ['unsigned'],
    ['user-writable-path'],
  ),
  ordinary(
    'an unsigned program of our own in ProgramData',
    {
      os: 'windows',
      path: 'C:\\ProgramData\\LabelTool\\labeltool.exe',
      signer: 'unsigned',
      reason: 'Label printing at the ramp',
    },
    ['unsigned', 'user-writable-path'],
  ),
  ordinary(
    'an unsigned library of a line of business',
    {
      os: 'windows',
      path: 'C:\\Program Files (x86)\\Weighbridge\\scale32.dll',
      signer: 'unsigned',
      reason: 'Weighbridge at gate 2 after the update',
    },
    ['unsigned'],
  ),
  ordinary(
    'an unsigned PDF tool',
    {
      os: 'windows',
      path: `${DOWNLOADS}\\pdf-merge-portable.exe`,
      signer: 'unsigned',
      scan: 'clean',
      reason: 'Merging two scanned letters',
    },
    ['unsigned', 'user-writable-path'],
  ),
  ordinary('an installer on a network share', {
    os: 'windows',
    path: '\\\\nas01\\software\\Visio\\setup.exe',
    signer: signed('Microsoft Corporation'),
    reason: 'Process maps for the audit',
  }),
  ordinary('a driver from a disc', {
    os: 'windows',
    path: 'D:\\Setup\\ImagingDriver.exe',
    signer: signed('Relecloud Imaging'),
    reason: 'X-ray sensor of room 3',
  }),
  ordinary(
    'a driver from a device path',
    {
      os: 'windows',
      path: '\\Device\\HarddiskVolume3\\Program Files\\Realtek\\Audio\\HDA\\RtkNGUI64.exe',
      signer: signed('Realtek Semiconductor Corp.'),
      reason: 'No sound in calls',
    },
    [],
    ['user-writable-path'],
  ),
  ordinary('a shared library of Microsoft', {
    os: 'windows',
    path: 'C:\\Program Files\\LabelTool\\vcruntime140.dll',
    signer: signed('Microsoft Corporation'),
    reason: 'Part of the label tool',
  }),
  ordinary(
    'a MSI as administrator',
    {
      os: 'windows',
      kind: 'elevation',
      path: `${DOWNLOADS}\\FortiClientVPN_7.4.msi`,
      signer: signed('Fortinet Technologies (Canada) Inc.'),
      reason: 'VPN of the supplier',
    },
    ['user-writable-path'],
    ['elevated-shell'],
  ),
];
