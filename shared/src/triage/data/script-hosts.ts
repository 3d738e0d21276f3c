import type { Known } from './entry.ts';

/**
 * Programs that run whatever script they are given: a permit for the host says nothing about the script. Shells have a list
 * of their own.
 *
 * Sources: ATT&CK T1059.005 (Visual Basic), .006 (Python), .007 (JavaScript), .010 (AutoHotKey & AutoIT), .011 (Lua); LOLBAS;
 * GTFOBins; LOOBins.
 */
export const SCRIPT_HOSTS: readonly Known[] = [
  { name: 'wscript', also: ['windows script host'], source: 'LOLBAS, ATT&CK T1059.005' },
  { name: 'cscript', source: 'LOLBAS, ATT&CK T1059.005' },
  { name: 'mshta', source: 'LOLBAS, ATT&CK T1218.005' },
  {
    name: 'python',
    also: ['pythonw', 'python2', 'python3', 'pypy', 'pypy3', 'ipython'],
    source: 'GTFOBins, ATT&CK T1059.006',
  },
  { name: 'node', also: ['nodejs', 'deno', 'bun'], source: 'GTFOBins, ATT&CK T1059.007' },
  { name: 'java', also: ['javaw', 'javaws', 'jshell', 'jjs', 'jrunscript'], source: 'GTFOBins' },
  { name: 'autoit', also: ['autoit3', 'autoit v3', 'autoit v3 script'], source: 'ATT&CK T1059.010' },
  {
    name: 'autohotkey',
    also: ['autohotkeyu', 'autohotkeyu64', 'autohotkeyux', 'autohotkey64'],
    source: 'ATT&CK T1059.010',
  },
  { name: 'perl', also: ['wperl'], source: 'GTFOBins' },
  { name: 'ruby', also: ['rubyw', 'irb'], source: 'GTFOBins' },
  { name: 'php', also: ['php-cgi', 'php-win'], source: 'GTFOBins' },
  { name: 'lua', also: ['luajit', 'lua54', 'wlua'], source: 'GTFOBins, ATT&CK T1059.011' },
  { name: 'tclsh', also: ['wish', 'expect'], source: 'GTFOBins, LOOBins' },
  { name: 'osascript', also: ['script editor'], source: 'LOOBins, ATT&CK T1059.002' },
  { name: 'swift', source: 'LOOBins' },
  { name: 'julia', also: ['guile', 'octave'], source: 'GTFOBins' },
  { name: 'rscript', source: 'ATT&CK T1059' },
  { name: 'dotnet', also: ['dotnet-script', 'csi'], source: 'LOLBAS, GTFOBins' },
];
