import type { Known } from './entry.ts';

/**
 * Programs that show what others sent: documents, pages, letters, messages. They seldom have reason to start a program, and
 * an attachment or a link does exactly that. It is the starting that is unusual: that a browser wrote a file is a download.
 *
 * Sources: ATT&CK T1204.001 and T1204.002 (user execution), T1566.001 and T1566.003 (spearphishing), T1203 (exploitation
 * for client execution); Microsoft's attack surface reduction rules for Office, Outlook and Adobe Reader
 * (https://learn.microsoft.com/defender-endpoint/attack-surface-reduction-rules-reference).
 */
export const UNUSUAL_PARENTS: readonly (Known & { readonly kind: 'office' | 'browser' | 'mail' | 'pdf' | 'chat' })[] = [
  { kind: 'office', name: 'winword', also: ['microsoft word', 'wordpad', 'wordview'], source: 'ATT&CK T1204.002' },
  { kind: 'office', name: 'excel', also: ['microsoft excel', 'xlview', 'excelcnv'], source: 'ATT&CK T1204.002' },
  { kind: 'office', name: 'powerpnt', also: ['microsoft powerpoint'], source: 'ATT&CK T1204.002' },
  { kind: 'office', name: 'onenote', also: ['onenotem', 'onenoteim', 'microsoft onenote'], source: 'ATT&CK T1204.002' },
  {
    kind: 'office',
    name: 'msaccess',
    also: ['mspub', 'visio', 'winproj', 'eqnedt32'],
    source: 'ATT&CK T1203',
  },
  {
    kind: 'office',
    name: 'soffice',
    also: ['soffice.bin', 'libreoffice', 'swriter', 'scalc'],
    source: 'ATT&CK T1204.002',
  },
  { kind: 'office', name: 'wps', also: ['et', 'wpp', 'wpsoffice'], source: 'ATT&CK T1204.002' },
  {
    kind: 'browser',
    name: 'chrome',
    also: ['google chrome', 'google-chrome', 'chromium', 'chromium-browser'],
    source: 'ATT&CK T1204.001',
  },
  {
    kind: 'browser',
    name: 'msedge',
    also: ['microsoft edge', 'microsoftedge', 'microsoft-edge', 'msedgewebview2'],
    source: 'ATT&CK T1204.001',
  },
  {
    kind: 'browser',
    name: 'firefox',
    also: ['firefox-bin', 'firefox-esr', 'librewolf', 'waterfox', 'zen'],
    source: 'ATT&CK T1204.001',
  },
  { kind: 'browser', name: 'iexplore', also: ['internet explorer'], source: 'ATT&CK T1203' },
  { kind: 'browser', name: 'safari', also: ['com.apple.safari'], source: 'ATT&CK T1204.001' },
  { kind: 'browser', name: 'brave', also: ['brave browser', 'brave-browser'], source: 'ATT&CK T1204.001' },
  {
    kind: 'browser',
    name: 'opera',
    also: ['opera_gx', 'opera gx', 'vivaldi', 'vivaldi-bin', 'arc', 'browser'],
    source: 'ATT&CK T1204.001',
  },
  {
    kind: 'mail',
    name: 'outlook',
    also: ['microsoft outlook', 'olk', 'hxoutlook', 'hxtsr'],
    source: 'ATT&CK T1566.001',
  },
  { kind: 'mail', name: 'thunderbird', also: ['thunderbird-bin', 'betterbird'], source: 'ATT&CK T1566.001' },
  {
    kind: 'mail',
    name: 'mail',
    also: ['emclient', 'mailclient', 'mailbird', 'evolution', 'spark'],
    source: 'ATT&CK T1566.001',
  },
  { kind: 'mail', name: 'nlnotes', also: ['notes2', 'hcl notes'], source: 'ATT&CK T1566.001' },
  {
    kind: 'pdf',
    name: 'acrobat',
    also: ['acrord32', 'adobe acrobat', 'adobe reader', 'acrobat reader'],
    source: 'ATT&CK T1203',
  },
  {
    kind: 'pdf',
    name: 'foxitpdfreader',
    also: ['foxitreader', 'foxitpdfeditor', 'foxitphantompdf'],
    source: 'ATT&CK T1203',
  },
  {
    kind: 'pdf',
    name: 'sumatrapdf',
    also: ['pdfxcview', 'pdfxedit', 'nitropdf', 'evince', 'okular'],
    source: 'ATT&CK T1203',
  },
  { kind: 'chat', name: 'teams', also: ['ms-teams', 'microsoft teams', 'msteams'], source: 'ATT&CK T1566.003' },
  { kind: 'chat', name: 'slack', also: ['discord', 'discordptb', 'mattermost'], source: 'ATT&CK T1566.003' },
  {
    kind: 'chat',
    name: 'whatsapp',
    also: ['whatsapp.root', 'telegram', 'telegram desktop', 'signal'],
    source: 'ATT&CK T1566.003',
  },
  {
    kind: 'chat',
    name: 'skype',
    also: ['lync', 'skypeapp', 'wechat', 'weixin', 'line', 'viber', 'qq'],
    source: 'ATT&CK T1566.003',
  },
  { kind: 'chat', name: 'zoom', also: ['zoom.us', 'webex', 'ciscocollabhost', 'atmgr'], source: 'ATT&CK T1566.003' },
];
