import type { Event } from './event.ts';

/** Settings of the editor; each stands behind `countersign.`. */
export interface SettingValues {
  readonly accountsFile: string;
  readonly groupBy:
    | 'organization'
    | 'file'
    | 'computer'
    | 'requester'
    | 'account'
    | 'kind'
    | 'age'
    | 'severity'
    | 'none';
  readonly statusBar: boolean;
  readonly notifyNewRequests: boolean;
  readonly denyReasons: readonly string[];
}

export type SettingName = keyof SettingValues;

export interface EditorSettings {
  get<Name extends SettingName>(name: Name): SettingValues[Name];
  update<Name extends SettingName>(name: Name, value: SettingValues[Name]): Promise<void>;
  readonly onDidChange: Event<SettingName>;
}

interface SettingContribution<T> {
  readonly schema: Readonly<Record<string, unknown>>;
  readonly default: T;
  /** `machine`: what chooses hosts or accounts comes from the person's own settings, never from a workspace or another machine. */
  readonly scope: 'machine' | 'application';
  readonly description: string;
}

export const SETTINGS: { readonly [Name in SettingName]: SettingContribution<SettingValues[Name]> } = {
  accountsFile: {
    schema: { type: 'string' },
    default: '',
    scope: 'machine',
    description:
      'Path of an accounts file to use in place of the accounts that were added here, such as the one of the terminal command. Secrets are then kept where that file says.',
  },
  groupBy: {
    schema: {
      type: 'string',
      enum: ['organization', 'file', 'computer', 'requester', 'account', 'kind', 'age', 'severity', 'none'],
    },
    default: 'organization',
    scope: 'application',
    description: 'How pending requests are grouped.',
  },
  statusBar: {
    schema: { type: 'boolean' },
    default: true,
    scope: 'application',
    description: 'Show the number of pending requests in the status bar.',
  },
  notifyNewRequests: {
    schema: { type: 'boolean' },
    default: true,
    scope: 'application',
    description: 'Say when new requests have arrived.',
  },
  denyReasons: {
    schema: { type: 'array', items: { type: 'string', maxLength: 500 }, maxItems: 50 },
    default: [
      'Not needed for your work. Please describe what you want to do with it.',
      'An approved program does the same. Please use that one.',
      'We could not verify where this file comes from.',
      'Please ask the service desk, with a ticket.',
    ],
    scope: 'application',
    description: 'Reasons to choose from when a request is denied. The requester may see them.',
  },
};
