import type { ViewName } from '../../extension/src/host/views.ts';

interface Welcome {
  readonly view: ViewName;
  readonly key: string;
  readonly when: string;
  readonly contents: string;
}

/** What a view says while it has no rows, for each cause. */
export const WELCOME: readonly Welcome[] = [
  {
    view: 'pending',
    key: 'noAccounts',
    when: 'countersign.ready && !countersign.hasAccounts && !countersign.accountsBroken',
    contents:
      'No account is connected yet.\n[Add Account](command:countersign.addAccount)\nOr look around first: both vendors are simulated on this computer, with made-up people and files.\n[Try the Sandbox](command:countersign.trySandbox)\nYou use the terminal command already? [Import its accounts file](command:countersign.importAccounts).',
  },
  {
    view: 'pending',
    key: 'accountsBroken',
    when: 'countersign.ready && countersign.accountsBroken',
    contents:
      "The accounts file can't be used, so nothing can be shown. The log says what is wrong in it.\n[Open Accounts File](command:countersign.openAccountsFile)\n[Show Log](command:countersign.showLog)",
  },
  {
    view: 'awaiting',
    key: 'nothingAwaits',
    when: 'countersign.ready && !countersign.hasAwaiting',
    contents:
      'Nothing waits for you here. When an assistant proposes a decision, it stands here until you confirm or reject it.',
  },
  {
    view: 'decided',
    key: 'nothingDecided',
    when: 'countersign.ready',
    contents: 'No decision was made from this computer yet.',
  },
];

interface WalkthroughStep {
  readonly key: string;
  readonly title: string;
  readonly description: string;
  /** Drawn by the editor with its theme's colours, as an image would not be. */
  readonly svg: string;
  readonly alt: string;
  readonly done: readonly string[];
}

export const WALKTHROUGH: {
  readonly title: string;
  readonly description: string;
  readonly steps: readonly WalkthroughStep[];
} = {
  title: 'First Steps with Countersign',
  description: 'From a look around to your first countersigned decision.',
  steps: [
    {
      key: 'sandbox',
      title: 'Look around in the sandbox',
      description:
        'Both vendors, simulated on this computer, with made-up people and files. No account is needed, and nothing leaves this computer.\n[Try the Sandbox](command:countersign.trySandbox)',
      svg: 'media/walkthrough/sandbox.svg',
      alt: 'The list of pending requests, grouped by organization.',
      done: ['onCommand:countersign.trySandbox'],
    },
    {
      key: 'account',
      title: 'Add an account',
      description:
        "ThreatLocker or Admin By Request. The connection is checked before anything is saved, and the token or key goes to your system's keyring.\n[Add Account](command:countersign.addAccount)",
      svg: 'media/walkthrough/account.svg',
      alt: 'A question for the instance of ThreatLocker.',
      done: ['onCommand:countersign.addAccount', 'onCommand:countersign.importAccounts'],
    },
    {
      key: 'approve',
      title: 'Approve one',
      description:
        'Open a request, read what was found, choose how narrow the approval is, and confirm exactly that in a dialog.\n[Show What Waits](command:countersign.pending.focus)',
      svg: 'media/walkthrough/approve.svg',
      alt: 'The dialog that says what an approval would do, with a button to confirm it.',
      done: ['onCommand:countersign.approve', 'onCommand:countersign.review'],
    },
    {
      key: 'assistant',
      title: 'Connect an assistant',
      description:
        'The assistant of this editor finds the server by itself: it may look and propose, and only you confirm, here. For other clients, copy the configuration.\n[Copy MCP Configuration](command:countersign.copyMcpConfiguration)',
      svg: 'media/walkthrough/assistant.svg',
      alt: 'A proposal of an assistant that waits for your countersignature.',
      done: ['onCommand:countersign.copyMcpConfiguration'],
    },
  ],
};
