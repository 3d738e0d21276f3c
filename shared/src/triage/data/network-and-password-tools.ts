import type { Known } from './entry.ts';

/**
 * Programs of administrators and testers that look into networks, carry traffic past the firewall, run things on other
 * computers or bring passwords to light. Many have honest uses: a person should know what it is before deciding.
 *
 * Sources: ATT&CK software (S numbers) and techniques (T numbers); LOLRMM (https://lolrmm.io); LOLBAS
 * (https://lolbas-project.github.io); GTFOBins (https://gtfobins.github.io); NirSoft's list of password tools
 * (https://www.nirsoft.net/password_recovery_tools.html); CISA advisories by their AA number.
 */
export const NETWORK_AND_PASSWORD_TOOLS: readonly Known[] = [
  // What is on the network
  { name: 'nmap', also: ['zenmap', 'ncat', 'nping'], source: 'GTFOBins, ATT&CK T1046' },
  { name: 'masscan', also: ['rustscan', 'zmap'], source: 'ATT&CK T1046' },
  {
    name: 'advanced ip scanner',
    also: ['advanced_ip_scanner', 'advanced_ip_scanner_console'],
    source: 'CISA AA23-165A',
  },
  {
    name: 'advanced port scanner',
    also: ['advanced_port_scanner', 'advanced_port_scanner_console'],
    source: 'CISA AA23-165A',
  },
  { name: 'angry ip scanner', also: ['ipscan', 'angryip'], source: 'ATT&CK T1046' },
  {
    name: 'softperfect network scanner',
    also: ['netscan', 'softperfect netscan'],
    source: 'CISA AA23-075A',
  },
  { name: 'nbtscan', source: 'ATT&CK S0590' },
  { name: 'adfind', source: 'ATT&CK S0552' },
  { name: 'adexplorer', also: ['active directory explorer'], source: 'ATT&CK T1087.002' },
  { name: 'adrecon', also: ['pingcastle'], source: 'ATT&CK T1482' },
  { name: 'wireshark', also: ['tshark', 'dumpcap'], source: 'GTFOBins, ATT&CK T1040' },
  { name: 'tcpdump', also: ['windump', 'rawcap'], source: 'GTFOBins, ATT&CK T1040' },
  { name: 'ettercap', also: ['bettercap'], source: 'ATT&CK T1557' },
  { name: 'aircrack-ng', also: ['airodump-ng', 'aireplay-ng', 'airmon-ng'], source: 'ATT&CK T1040' },
  { name: 'hping3', source: 'GTFOBins' },
  {
    name: 'burp suite',
    also: ['burpsuite', 'burp suite community edition', 'burp suite professional'],
    source: 'ATT&CK T1595.002',
  },
  { name: 'sqlmap', source: 'ATT&CK S0225' },

  // Past the firewall
  { name: 'netcat', also: ['nc64', 'nc.traditional', 'nc.openbsd'], source: 'GTFOBins, ATT&CK T1095' },
  { name: 'nc', whole: true, source: 'GTFOBins, ATT&CK T1095' },
  { name: 'gs-netcat', also: ['gsocket', 'gs-mount'], source: 'github.com/hackerschoice/gsocket' },
  { name: 'socat', source: 'GTFOBins' },
  { name: 'ngrok', source: 'ATT&CK S0508' },
  { name: 'cloudflared', also: ['cloudflare tunnel'], source: 'LOLRMM, ATT&CK T1572' },
  { name: 'chisel', whole: true, source: 'ATT&CK T1572, CISA AA23-061A' },
  { name: 'ligolo', also: ['ligolo-ng'], source: 'ATT&CK T1572, CISA AA23-165A' },
  { name: 'frpc', also: ['frps'], source: 'ATT&CK S1144' },
  { name: 'frp', whole: true, source: 'ATT&CK S1144' },
  { name: 'localxpose', also: ['loclx'], source: 'LOLRMM' },
  { name: 'localtonet', also: ['pagekite', 'pitunnel'], source: 'LOLRMM, ATT&CK T1572' },
  { name: 'revsocks', also: ['rpivot', 'rdp2tcp'], source: 'ATT&CK T1090' },
  { name: 'dnscat2', also: ['iodined', 'dns2tcp'], source: 'ATT&CK T1071.004' },
  { name: 'ptunnel', also: ['ptunnel-ng', 'icmptunnel'], source: 'ATT&CK T1572' },
  { name: 'plink', source: 'ATT&CK T1572, CISA AA23-165A' },
  { name: 'proxifier', also: ['proxychains', 'proxychains4', '3proxy', 'redsocks'], source: 'ATT&CK T1090' },
  { name: 'sshuttle', source: 'GTFOBins' },
  { name: 'tor browser', also: ['torbrowser', 'torbrowser-install'], source: 'ATT&CK S0183' },
  { name: 'tor', whole: true, source: 'ATT&CK S0183' },
  { name: 'devtunnel', also: ['devtunnels'], source: 'LOLBAS, LOLRMM' },
  { name: 'tmate', source: 'GTFOBins, LOLRMM' },
  { name: 'tailscale', also: ['tailscaled', 'tailscale-ipn'], source: 'GTFOBins, LOLRMM' },
  { name: 'zerotier', also: ['zerotier one', 'zerotier-one', 'netbird', 'netbird-ui'], source: 'LOLRMM' },
  { name: 'rclone', source: 'ATT&CK S1040' },

  // Running things elsewhere
  {
    name: 'psexec',
    also: ['psexec64', 'psexesvc', 'psexecsvc', 'sysinternals psexec'],
    source: 'ATT&CK S0029, LOLRMM',
  },
  { name: 'paexec', also: ['csexec', 'remcom', 'remcomsvc', 'xcmdsvc'], source: 'LOLRMM' },
  { name: 'winexe', source: 'ATT&CK S0191' },

  // Passwords and memory
  { name: 'procdump', also: ['procdump64', 'procdump64a'], source: 'LOLBAS' },
  { name: 'process hacker', also: ['processhacker'], source: 'CISA AA23-165A' },
  { name: 'pchunter', also: ['pchunter64', 'gmer', 'powertool64'], source: 'CISA AA23-165A' },
  { name: 'defender control', also: ['dcontrol', 'defendercontrol'], source: 'CISA AA23-165A' },
  { name: 'hashcat', source: 'GTFOBins, ATT&CK T1110.002' },
  { name: 'john the ripper', source: 'ATT&CK T1110.002' },
  { name: 'john', whole: true, source: 'ATT&CK T1110.002' },
  { name: 'ophcrack', also: ['rainbowcrack', 'rcrack', 'l0phtcrack'], source: 'ATT&CK T1110.002' },
  { name: 'thc-hydra', also: ['thc hydra', 'xhydra', 'ncrack'], source: 'ATT&CK T1110' },
  { name: 'cain & abel', also: ['cain and abel'], source: 'ATT&CK T1110.002' },
  { name: 'elcomsoft password recovery', also: ['passware kit', 'passware kit forensic'], source: 'ATT&CK T1110.002' },
  { name: 'webbrowserpassview', also: ['chromepass', 'passwordfox', 'operapassview', 'iepv'], source: 'NirSoft' },
  { name: 'mail passview', also: ['mailpv', 'outlook passview', 'pst password', 'pstpassword'], source: 'NirSoft' },
  {
    name: 'network password recovery',
    also: ['netpass', 'credentialsfileview', 'vaultpasswordview'],
    source: 'NirSoft',
  },
  { name: 'remote desktop passview', also: ['rdpv', 'vncpassview', 'dialupass'], source: 'NirSoft' },
  { name: 'protected storage passview', also: ['pspv', 'messenpass', 'mspass'], source: 'NirSoft' },
  { name: 'bulletspassview', also: ['sniffpass', 'routerpassview', 'wirelesskeyview'], source: 'NirSoft' },
  {
    name: 'lsasecretsview',
    also: ['lsasecretsdump', 'dataprotectiondecryptor', 'encryptedregview'],
    source: 'NirSoft',
  },
];
