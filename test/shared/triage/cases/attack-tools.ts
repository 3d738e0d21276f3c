import { notable, type TriageCase } from './case.ts';

const DOWNLOADS = 'C:\\Users\\luca.bianchi\\Downloads';
const DESKTOP = 'C:\\Users\\luca.bianchi\\Desktop';
const LOCKBIT = 'CISA AA23-165A, LockBit';
const PLAY = 'CISA AA23-352A, Play';
const SPIDER = 'CISA AA23-320A, Scattered Spider';

/** Programs made to break in, under their own names and what people make of them. */
export const ATTACK: readonly TriageCase[] = [
  notable(
    'mimikatz',
    LOCKBIT,
    { os: 'windows', path: `${DOWNLOADS}\\mimikatz.exe`, signer: 'unsigned', scan: 'malicious' },
    ['attack-tool', 'scan-malicious', 'user-writable-path', 'unsigned'],
  ),
  notable(
    'mimikatz in its archive’s folder',
    SPIDER,
    {
      os: 'windows',
      path: `${DOWNLOADS}\\mimikatz_trunk\\x64\\mimikatz.exe`,
      signer: { subject: 'CN=Open Source Developer, Benjamin Delpy' },
      scan: 'not-scanned',
    },
    ['attack-tool', 'not-scanned'],
  ),
  notable('mimikatz, a copy', 'ATT&CK S0002', { os: 'windows', path: `${DESKTOP}\\Mimikatz_x64 (1).exe` }, [
    'attack-tool',
  ]),
  notable(
    'mimikatz by its product name alone',
    'ATT&CK S0002',
    { os: 'windows', path: 'C:\\Tools\\m.exe', product: 'mimikatz', vendor: 'gentilkiwi (Benjamin DELPY)' },
    ['attack-tool'],
  ),
  notable('Invoke-Mimikatz', 'ATT&CK S0002', { os: 'windows', path: `${DOWNLOADS}\\Invoke-Mimikatz.ps1` }, [
    'attack-tool',
    'script-host',
  ]),
  notable('Rubeus', 'ATT&CK S1071', { os: 'windows', path: 'C:\\Tools\\Rubeus.exe', signer: 'unsigned' }, [
    'attack-tool',
    'unsigned',
  ]),
  notable(
    'SharpHound',
    'ATT&CK S0521',
    { os: 'windows', path: 'C:\\ProgramData\\SharpHound.exe', signer: 'unsigned' },
    ['attack-tool', 'user-writable-path'],
  ),
  notable('BloodHound', PLAY, { os: 'windows', path: `${DOWNLOADS}\\BloodHound-win32-x64\\BloodHound.exe` }, [
    'attack-tool',
  ]),
  notable('LaZagne', LOCKBIT, { os: 'windows', path: 'C:\\PerfLogs\\lazagne.exe', signer: 'unsigned' }, [
    'attack-tool',
  ]),
  notable('LaZagne on Linux', 'ATT&CK S0349', { os: 'linux', path: '/tmp/laZagne', signer: 'unsigned' }, [
    'attack-tool',
    'user-writable-path',
  ]),
  notable('Seatbelt', LOCKBIT, { os: 'windows', path: 'C:\\Windows\\Temp\\Seatbelt.exe', signer: 'unsigned' }, [
    'attack-tool',
    'user-writable-path',
  ]),
  notable(
    'SharpShares',
    'CISA AA23-136A, BianLian',
    { os: 'windows', path: 'C:\\Users\\Public\\SharpShares.exe', signer: 'unsigned' },
    ['attack-tool', 'user-writable-path'],
  ),
  notable('winPEAS', PLAY, { os: 'windows', path: 'C:\\Users\\Public\\Music\\winPEASany.exe', signer: 'unsigned' }, [
    'attack-tool',
  ]),
  notable('linPEAS', 'github.com/peass-ng/PEASS-ng', { os: 'linux', path: '/dev/shm/linpeas.sh' }, [
    'attack-tool',
    'script-host',
    'user-writable-path',
  ]),
  notable(
    'Cobalt Strike',
    'CISA AA24-131A, Black Basta',
    { os: 'windows', path: `${DESKTOP}\\cobaltstrike.exe`, signer: 'unsigned' },
    ['attack-tool'],
  ),
  notable(
    'Cobalt Strike by its product name',
    'ATT&CK S0154',
    { os: 'linux', path: '/opt/cs/client', product: 'Cobalt Strike' },
    ['attack-tool'],
  ),
  notable('Brute Ratel', 'ATT&CK S1063', { os: 'linux', path: '/opt/brc4/bruteratel', signer: 'unsigned' }, [
    'attack-tool',
  ]),
  notable(
    'Sliver’s client',
    'ATT&CK S0633',
    { os: 'linux', path: '/usr/local/bin/sliver-client', signer: 'unsigned' },
    ['attack-tool'],
  ),
  notable(
    'Metasploit’s installer',
    'github.com/rapid7/metasploit-framework',
    {
      os: 'windows',
      path: `${DOWNLOADS}\\metasploitframework-latest.msi`,
      signer: { subject: 'CN=Rapid7 LLC, O=Rapid7 LLC' },
    },
    ['attack-tool', 'user-writable-path'],
  ),
  notable(
    'secretsdump of Impacket',
    'ATT&CK S0357',
    { os: 'windows', path: 'C:\\Tools\\secretsdump.exe', signer: 'unsigned' },
    ['attack-tool'],
  ),
  notable('wmiexec as a script', LOCKBIT, { os: 'linux', path: '/home/kim/impacket/examples/wmiexec.py' }, [
    'attack-tool',
    'script-host',
  ]),
  notable('CrackMapExec', 'ATT&CK S0488', { os: 'linux', path: '/home/kim/.local/bin/crackmapexec' }, ['attack-tool']),
  notable(
    'NetExec',
    'github.com/Pennyw0rth/NetExec',
    { os: 'windows', path: `${DOWNLOADS}\\NetExec.exe`, signer: 'unsigned' },
    ['attack-tool'],
  ),
  notable('Evil-WinRM', 'github.com/Hackplayers/evil-winrm', { os: 'linux', path: '/usr/local/bin/evil-winrm' }, [
    'attack-tool',
  ]),
  notable(
    'Kerbrute',
    'github.com/ropnop/kerbrute',
    { os: 'windows', path: `${DOWNLOADS}\\kerbrute_windows_amd64.exe`, signer: 'unsigned' },
    ['attack-tool'],
  ),
  notable(
    'JuicyPotato',
    'github.com/ohpe/juicy-potato',
    { os: 'windows', path: 'C:\\Windows\\Temp\\JuicyPotato.exe', signer: 'unsigned' },
    ['attack-tool'],
  ),
  notable(
    'GodPotato',
    'github.com/BeichenDream/GodPotato',
    { os: 'windows', path: 'C:\\ProgramData\\GodPotato-NET4.exe', signer: 'unsigned' },
    ['attack-tool'],
  ),
  notable(
    'PrintSpoofer on a server',
    'github.com/itm4n/PrintSpoofer',
    { os: 'windows', path: 'C:\\inetpub\\wwwroot\\PrintSpoofer64.exe', product: 'PrintSpoofer', isServer: true },
    ['attack-tool', 'server'],
  ),
  notable('UACMe', 'ATT&CK S0116', { os: 'windows', path: `${DESKTOP}\\Akagi64.exe`, signer: 'unsigned' }, [
    'attack-tool',
  ]),
  notable('pwdump', 'ATT&CK S0006', { os: 'windows', path: 'C:\\Temp\\PwDump7.exe', signer: 'unsigned' }, [
    'attack-tool',
  ]),
  notable(
    'Inveigh',
    'github.com/Kevin-Robertson/Inveigh',
    { os: 'windows', path: 'C:\\Tools\\Inveigh.exe', signer: 'unsigned' },
    ['attack-tool'],
  ),
  notable('Certipy', 'github.com/ly4k/Certipy', { os: 'windows', path: 'C:\\Tools\\Certipy.exe', signer: 'unsigned' }, [
    'attack-tool',
  ]),
  notable(
    'njRAT’s builder',
    'ATT&CK S0385',
    { os: 'windows', path: `${DOWNLOADS}\\njRAT v0.7d.exe`, signer: 'unsigned' },
    ['attack-tool'],
  ),
  notable(
    'Remcos',
    'ATT&CK S0332',
    { os: 'windows', path: 'C:\\ProgramData\\Remcos\\remcos.exe', signer: 'unsigned', scan: 'suspicious' },
    ['attack-tool', 'scan-suspicious'],
  ),
  notable(
    'AsyncRAT',
    'ATT&CK S1087',
    { os: 'windows', path: 'C:\\Users\\luca.bianchi\\AppData\\Roaming\\AsyncRAT.exe', signer: 'unsigned' },
    ['attack-tool', 'user-writable-path'],
  ),
  notable('a miner', 'ATT&CK T1496.001', { os: 'linux', path: '/var/tmp/.cache/xmrig', signer: 'unsigned' }, [
    'attack-tool',
    'user-writable-path',
  ]),
  notable(
    'a miner for Windows',
    'ATT&CK T1496.001',
    { os: 'windows', path: `${DOWNLOADS}\\xmrig-6.21.0\\xmrig.exe`, signer: 'unsigned' },
    ['attack-tool'],
  ),
  notable(
    'KMSPico',
    'Red Canary 2021, KMSPico and Cryptbot',
    {
      os: 'windows',
      path: `${DOWNLOADS}\\KMSPico_setup.exe`,
      signer: 'unsigned',
      reason: 'Office says it is not activated',
    },
    ['attack-tool', 'unsigned'],
  ),
  notable(
    'a reassuring reason changes nothing',
    null,
    {
      os: 'windows',
      path: `${DOWNLOADS}\\mimikatz.exe`,
      reason: 'Approved by the security team for the audit, ticket 20114',
      scan: 'clean',
      signer: { subject: 'CN=Contoso Security' },
    },
    ['attack-tool'],
  ),
  notable(
    'Snaffler',
    'github.com/SnaffCon/Snaffler',
    { os: 'windows', path: `${DOWNLOADS}\\Snaffler.exe`, signer: 'unsigned' },
    ['attack-tool'],
  ),
];
