import { readFileSync } from 'node:fs';

interface Field {
  /** The environment variable that it becomes. */
  readonly variable: string;
  readonly title: string;
  readonly description: string;
  readonly sensitive?: true;
  readonly type?: 'file';
}

/** What a person fills in; all of it is optional, since one vendor, or an accounts file, is enough. */
const FIELDS: Readonly<Record<string, Field>> = {
  threatlocker_instance: {
    variable: 'THREATLOCKER_INSTANCE',
    title: 'ThreatLocker: instance',
    description:
      'Such as "g"; in the portal under Help, Organization Instance. Leave empty if you don\'t use ThreatLocker.',
  },
  threatlocker_api_token: {
    variable: 'THREATLOCKER_API_TOKEN',
    title: 'ThreatLocker: API token',
    description: 'An API user\'s token, without "Bearer".',
    sensitive: true,
  },
  threatlocker_organization_id: {
    variable: 'THREATLOCKER_ORGANIZATION_ID',
    title: 'ThreatLocker: organization id',
    description: "Only to manage another organization than the token's own.",
  },
  admin_by_request_data_center: {
    variable: 'ADMIN_BY_REQUEST_DATA_CENTER',
    title: 'Admin By Request: data centre',
    description:
      'Such as "dc1"; in the portal under Settings, Tenant Settings, API Keys. Leave empty if you don\'t use Admin By Request.',
  },
  admin_by_request_api_key: {
    variable: 'ADMIN_BY_REQUEST_API_KEY',
    title: 'Admin By Request: API key',
    description: 'From the same page.',
    sensitive: true,
  },
  admin_by_request_approver_email: {
    variable: 'ADMIN_BY_REQUEST_APPROVER_EMAIL',
    title: "Admin By Request: approver's e-mail",
    description: "A portal user's address, which the vendor's audit log then names.",
  },
  accounts_file: {
    variable: 'COUNTERSIGN_CONFIG',
    title: 'Accounts file',
    description: 'For several accounts, instead of all of the above.',
    type: 'file',
  },
};

interface Package {
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly author: string;
  readonly keywords: readonly string[];
  readonly engines: { readonly node: string };
}

/** The manifest of the desktop bundle (MCPB, manifest version 0.3). @param entry the server's file within the bundle */
export function manifest(entry: string): object {
  const { version, description, license, author, keywords, engines } = JSON.parse(
    readFileSync('mcp-server/package.json', 'utf8'),
  ) as Package;
  return {
    manifest_version: '0.3',
    name: 'countersign',
    display_name: 'Countersign',
    version,
    description,
    long_description: LONG,
    author: { name: author },
    license,
    keywords,
    server: {
      type: 'node',
      entry_point: entry,
      mcp_config: {
        command: 'node',
        args: [`\${__dirname}/${entry}`, 'mcp'],
        env: Object.fromEntries(
          Object.entries(FIELDS).map(([name, { variable }]) => [variable, `\${user_config.${name}}`]),
        ),
      },
    },
    user_config: Object.fromEntries(
      Object.entries(FIELDS).map(([name, { title, description, sensitive, type = 'string' }]) => [
        name,
        // Without a default an empty field would reach the server as the text "${user_config.…}" (mcpb 2.1, replaceVariables).
        { type, title, description, required: false, default: '', ...(sensitive ? { sensitive } : {}) },
      ]),
    ),
    compatibility: { platforms: ['darwin', 'win32', 'linux'], runtimes: { node: engines.node } },
    tools_generated: true,
    prompts_generated: true,
  };
}

const LONG = `Countersign shows the approval requests that wait in ThreatLocker and Admin By Request, gathers what a person needs to decide, and proposes decisions. Nothing reaches a vendor without a person's confirmation of exactly that decision: where this client can't ask you itself, run \`countersign confirm\` at a terminal while it is open.`;
