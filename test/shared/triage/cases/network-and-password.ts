import { notable, ordinary, type TriageCase } from './case.ts';

const DOWNLOADS = 'C:\\Users\\eva.horvat\\Downloads';
const LOCKBIT = 'CISA AA23-165A, LockBit';
const AKIRA = 'CISA AA24-109A, Akira';

export const NETWORK_AND_PASSWORD: readonly TriageCase[] = [
  notable(
    'Advanced IP Scanner',
    AKIRA,
    {
      os: 'windows',
      path: `${DOWNLOADS}\\Advanced_IP_Scanner_2.5.4594.1.exe`,
      signer: { subject: 'CN=Famatech Corp., O=Famatech Corp.' },
    },
    ['network-or-password-tool', 'user-writable-path'],
  ),
  notable(
    'Advanced Port Scanner',
    'CISA AA23-136A, BianLian',
    { os: 'windows', path: `${DOWNLOADS}\\Advanced_Port_Scanner_2.5.3869.exe` },
    ['network-or-password-tool'],
  ),
  notable(
    'SoftPerfect Network Scanner',
    AKIRA,
    { os: 'windows', path: 'C:\\ProgramData\\netscan.exe', product: 'SoftPerfect Network Scanner' },
    ['network-or-password-tool', 'user-writable-path'],
  ),
  notable('AdFind', AKIRA, { os: 'windows', path: 'C:\\Temp\\AdFind.exe', signer: 'unsigned' }, [
    'network-or-password-tool',
    'user-writable-path',
  ]),
  notable(
    'PsExec',
    'ATT&CK S0029',
    {
      os: 'windows',
      path: 'C:\\Tools\\PsExec64.exe',
      signer: { subject: 'CN=Microsoft Corporation, O=Microsoft Corporation', valid: true },
    },
    ['network-or-password-tool'],
  ),
  notable('PAExec', 'LOLRMM', { os: 'windows', path: 'C:\\Windows\\Temp\\paexec.exe' }, [
    'network-or-password-tool',
    'user-writable-path',
  ]),
  notable('ngrok', AKIRA, { os: 'windows', path: `${DOWNLOADS}\\ngrok.exe` }, ['network-or-password-tool']),
  notable('ngrok on Linux', 'ATT&CK S0508', { os: 'linux', path: '/usr/local/bin/ngrok' }, [
    'network-or-password-tool',
  ]),
  notable(
    'Chisel',
    'CISA AA23-061A, Royal',
    { os: 'windows', path: 'C:\\Users\\Public\\chisel.exe', signer: 'unsigned' },
    ['network-or-password-tool', 'unsigned'],
  ),
  notable('Ligolo', LOCKBIT, { os: 'windows', path: 'C:\\Users\\Public\\ligolo-ng.exe', signer: 'unsigned' }, [
    'network-or-password-tool',
  ]),
  notable('cloudflared', AKIRA, { os: 'windows', path: 'C:\\ProgramData\\cloudflared-windows-amd64.exe' }, [
    'network-or-password-tool',
    'user-writable-path',
  ]),
  notable('frpc', 'ATT&CK S1144', { os: 'linux', path: '/tmp/frpc', signer: 'unsigned' }, [
    'network-or-password-tool',
    'user-writable-path',
  ]),
  notable('Plink', 'CISA AA23-352A, Play', { os: 'windows', path: 'C:\\Users\\Public\\plink.exe' }, [
    'network-or-password-tool',
  ]),
  notable(
    'Rclone',
    AKIRA,
    { os: 'windows', path: 'C:\\Users\\eva.horvat\\Desktop\\rclone-v1.66.0-windows-amd64\\rclone.exe' },
    ['network-or-password-tool', 'user-writable-path'],
  ),
  notable('netcat', 'GTFOBins nc', { os: 'linux', path: '/usr/bin/nc' }, ['network-or-password-tool']),
  notable('ncat for Windows', 'ATT&CK T1095', { os: 'windows', path: `${DOWNLOADS}\\ncat.exe`, signer: 'unsigned' }, [
    'network-or-password-tool',
  ]),
  notable('Process Hacker', LOCKBIT, { os: 'windows', path: `${DOWNLOADS}\\processhacker-2.39-setup.exe` }, [
    'network-or-password-tool',
  ]),
  notable('PCHunter', AKIRA, { os: 'windows', path: 'C:\\Users\\Public\\PCHunter64.exe' }, [
    'network-or-password-tool',
  ]),
  notable('GMER', LOCKBIT, { os: 'windows', path: `${DOWNLOADS}\\gmer.exe` }, ['network-or-password-tool']),
  notable('Defender Control', LOCKBIT, { os: 'windows', path: `${DOWNLOADS}\\dControl.exe`, signer: 'unsigned' }, [
    'network-or-password-tool',
  ]),
  notable('PasswordFox', LOCKBIT, { os: 'windows', path: `${DOWNLOADS}\\PasswordFox.exe`, vendor: 'NirSoft' }, [
    'network-or-password-tool',
  ]),
  notable(
    'WebBrowserPassView',
    'NirSoft, password recovery tools',
    { os: 'windows', path: `${DOWNLOADS}\\WebBrowserPassView.exe`, vendor: 'NirSoft' },
    ['network-or-password-tool'],
  ),
  notable(
    'ProcDump',
    'LOLBAS Procdump',
    {
      os: 'windows',
      path: 'C:\\Windows\\Temp\\procdump64.exe',
      signer: { subject: 'CN=Microsoft Corporation', valid: true },
    },
    ['network-or-password-tool', 'user-writable-path'],
  ),
  notable('hashcat', 'GTFOBins hashcat', { os: 'linux', path: '/home/omar/hashcat-6.2.6/hashcat.bin' }, [
    'network-or-password-tool',
    'user-writable-path',
  ]),
  ordinary(
    'Wireshark for the network team',
    {
      os: 'windows',
      kind: 'elevation',
      path: `${DOWNLOADS}\\Wireshark-4.4.1-x64.exe`,
      signer: { subject: 'CN=Wireshark Foundation, O=Wireshark Foundation', valid: true },
      reason: 'Trace SIP problems with the new phones, change 5521',
    },
    ['network-or-password-tool'],
  ),
  ordinary(
    'Nmap for the yearly audit',
    {
      os: 'windows',
      path: `${DOWNLOADS}\\nmap-7.95-setup.exe`,
      signer: { subject: 'CN=Insecure.Com LLC', valid: true },
      reason: 'Inventory for the ISO 27001 audit',
    },
    ['network-or-password-tool'],
  ),
  ordinary(
    'tcpdump on a Linux computer',
    { os: 'linux', kind: 'elevation', path: '/usr/bin/tcpdump', reason: 'Packet loss to the warehouse scanners' },
    ['network-or-password-tool'],
  ),
];
