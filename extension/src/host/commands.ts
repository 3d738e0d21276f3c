/** What a command needs before it makes sense; `when` clauses and the palette are made from it. */
type Needs = 'nothing' | 'accounts' | 'ledger' | 'decide' | 'row';

export interface CommandContribution {
  readonly title: string;
  readonly icon?: string;
  readonly needs: Needs;
  /** Words of a row's context that all have to be there, for it to stand in the row's menu. */
  readonly row?: readonly string[];
  /** Where in the row's menu: `inline` beside the row. */
  readonly menu?: 'inline' | '1_decide' | '2_look' | '3_copy' | '9_account';
  /** In the title of this view. */
  readonly viewTitle?: {
    readonly view: 'pending' | 'awaiting' | 'decided';
    readonly group: string;
    readonly when?: string;
  };
  /** Works on all the rows that are selected. */
  readonly many?: true;
  /** With the focus in the view of what waits; `ctrl` is `cmd` on a Mac. */
  readonly key?: string;
  /** Besides what `needs` says. */
  readonly when?: string;
}

const define = <Name extends string>(commands: Readonly<Record<Name, CommandContribution>>) => commands;

/** Every command; each stands behind `countersign.`. The manifest is made from this. */
export const COMMANDS = define({
  refresh: {
    title: 'Refresh',
    icon: 'refresh',
    needs: 'accounts',
    viewTitle: { view: 'pending', group: 'navigation@3' },
    key: 'ctrl+alt+u',
  },
  review: {
    title: 'Review Request…',
    icon: 'open-preview',
    needs: 'accounts',
    row: ['request'],
    menu: 'inline',
    key: 'ctrl+alt+v',
  },
  approve: {
    title: 'Approve…',
    icon: 'check',
    needs: 'decide',
    row: ['approvable'],
    menu: '1_decide',
    key: 'ctrl+alt+a',
    many: true,
  },
  deny: {
    title: 'Deny…',
    icon: 'close',
    needs: 'decide',
    row: ['decidable'],
    menu: '1_decide',
    key: 'ctrl+alt+d',
    many: true,
  },
  takeOwnership: {
    title: 'Take Ownership…',
    icon: 'person-add',
    needs: 'decide',
    row: ['ownable'],
    many: true,
    menu: '1_decide',
  },
  groupBy: {
    title: 'Group By…',
    icon: 'list-tree',
    needs: 'accounts',
    viewTitle: { view: 'pending', group: 'navigation@2' },
    key: 'ctrl+alt+g',
  },
  filter: {
    title: 'Filter…',
    icon: 'filter',
    needs: 'accounts',
    viewTitle: { view: 'pending', group: 'navigation@1', when: '!countersign.isFiltered' },
    key: 'ctrl+alt+f',
  },
  clearFilter: {
    title: 'Clear Filter',
    icon: 'filter-filled',
    needs: 'accounts',
    when: 'countersign.isFiltered',
    viewTitle: { view: 'pending', group: 'navigation@1', when: 'countersign.isFiltered' },
  },
  loadMore: { title: 'Load More', needs: 'row' },
  retry: { title: 'Retry', icon: 'refresh', needs: 'row', row: ['retryable'], menu: 'inline' },
  copyReference: {
    many: true,
    title: 'Copy Reference',
    needs: 'row',
    row: ['request'],
    menu: '3_copy',
  },
  copySha256: {
    many: true,
    title: 'Copy SHA-256',
    needs: 'row',
    row: ['sha256'],
    menu: '3_copy',
  },
  openVirusTotal: { title: 'Open on VirusTotal', needs: 'row', row: ['sha256'], menu: '2_look' },
  openPortal: { title: "Open the Vendor's Portal", needs: 'accounts', row: ['portal'], menu: '2_look' },
  answer: {
    title: 'Answer…',
    icon: 'pass',
    needs: 'decide',
    row: ['plan'],
    menu: 'inline',
    when: 'countersign.hasAwaiting',
  },
  rejectProposal: { title: 'Reject Proposal…', icon: 'circle-slash', needs: 'row', row: ['plan'], menu: '1_decide' },
  copyJournalLine: { title: 'Copy Journal Line', needs: 'row', row: ['decision'], menu: '3_copy' },
  afterMistake: { title: 'What to Do After a Mistake', needs: 'row', row: ['applied'], menu: '2_look' },
  exportJournal: {
    title: 'Export Journal…',
    icon: 'export',
    needs: 'ledger',
    viewTitle: { view: 'decided', group: '2_journal' },
  },
  verifyJournal: {
    title: 'Verify Journal',
    icon: 'verified',
    needs: 'ledger',
    viewTitle: { view: 'decided', group: '2_journal' },
  },
  addAccount: {
    title: 'Add Account…',
    icon: 'add',
    needs: 'nothing',
    viewTitle: { view: 'pending', group: '1_accounts' },
  },
  editAccount: { title: 'Edit Account…', needs: 'accounts', row: ['account'], menu: '9_account' },
  removeAccount: { title: 'Remove Account…', needs: 'accounts', row: ['account'], menu: '9_account' },
  signIn: { title: 'Sign In…', icon: 'key', needs: 'accounts', row: ['signed-out'], menu: 'inline' },
  importAccounts: {
    title: 'Import Accounts File…',
    needs: 'nothing',
    viewTitle: { view: 'pending', group: '1_accounts' },
  },
  openAccountsFile: {
    title: 'Open Accounts File',
    needs: 'nothing',
    when: 'countersign.hasAccounts || countersign.accountsBroken',
    viewTitle: { view: 'pending', group: '1_accounts' },
  },
  checkConnection: {
    title: 'Check Connection',
    needs: 'accounts',
    row: ['account'],
    menu: '9_account',
    viewTitle: { view: 'pending', group: '2_help' },
  },
  trySandbox: {
    title: 'Try the Sandbox',
    needs: 'nothing',
    when: '!countersign.isSandboxRunning',
    viewTitle: { view: 'pending', group: '2_help', when: '!countersign.isSandboxRunning' },
  },
  stopSandbox: {
    title: 'Stop the Sandbox',
    needs: 'nothing',
    when: 'countersign.isSandboxRunning',
    viewTitle: { view: 'pending', group: '2_help', when: 'countersign.isSandboxRunning' },
  },
  copyMcpConfiguration: { title: 'Copy MCP Configuration for Another Client…', needs: 'accounts' },
  copyApproverKey: { title: "Copy This Editor's Approver Key", needs: 'ledger' },
  showLog: { title: 'Show Log', needs: 'nothing', viewTitle: { view: 'pending', group: '2_help' } },
  openWalkthrough: { title: 'First Steps', needs: 'nothing', viewTitle: { view: 'pending', group: '2_help' } },
});

export type CommandName = keyof typeof COMMANDS;

export const idOf = (name: CommandName): `countersign.${CommandName}` => `countersign.${name}`;

/** @param clicked the row it was called on, if it was called on one @param selected all rows that are selected, that one among them */
export type CommandHandler = (clicked?: unknown, selected?: unknown) => Promise<void>;

export type CommandHandlers = Readonly<Record<CommandName, CommandHandler>>;
