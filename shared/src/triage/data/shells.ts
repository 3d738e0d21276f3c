import type { Known } from './entry.ts';

/**
 * Programs that take any command: with an administrator's rights, whoever has one has the computer.
 *
 * Sources: ATT&CK T1059.001 (PowerShell), T1059.003 (Windows Command Shell), T1059.004 (Unix Shell); LOLBAS; GTFOBins.
 */
export const SHELLS: readonly Known[] = [
  {
    name: 'powershell',
    also: ['powershell_ise', 'windows powershell', 'windows powershell ise'],
    source: 'ATT&CK T1059.001',
  },
  { name: 'pwsh', also: ['powershell 7', 'pwsh-preview'], source: 'ATT&CK T1059.001, GTFOBins' },
  { name: 'cmd', also: ['windows command processor', 'eingabeaufforderung'], source: 'ATT&CK S0106' },
  { name: 'windowsterminal', also: ['wt', 'windows terminal', 'openconsole'], source: 'LOLBAS' },
  { name: 'wsl', also: ['wslhost'], source: 'LOLBAS' },
  { name: 'git-bash', also: ['git-cmd', 'mintty'], source: 'ATT&CK T1059.004' },
  { name: 'bash', also: ['rbash', 'bashbug'], source: 'GTFOBins' },
  { name: 'sh', also: ['ash', 'dash', 'sash', 'posh', 'yash'], source: 'GTFOBins' },
  { name: 'zsh', source: 'GTFOBins' },
  { name: 'fish', source: 'GTFOBins' },
  { name: 'ksh', also: ['mksh', 'ksh93', 'slsh'], source: 'GTFOBins' },
  { name: 'csh', also: ['tcsh'], source: 'GTFOBins' },
  { name: 'elvish', also: ['nu', 'nushell', 'xonsh'], source: 'GTFOBins, ATT&CK T1059' },
  { name: 'terminal', also: ['iterm', 'iterm2'], source: 'ATT&CK T1059.004' },
  {
    name: 'gnome-terminal',
    also: ['gnome-terminal-server', 'konsole', 'xterm', 'alacritty'],
    source: 'ATT&CK T1059.004',
  },
  { name: 'su', also: ['sudo', 'doas'], source: 'GTFOBins, ATT&CK T1548.003' },
];
