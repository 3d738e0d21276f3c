import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSettings, places, SettingsError } from '../../../shared/src/account/index.ts';
import { ioWith, TOKEN, temporaryFolder, write } from './files.ts';

const folder = await temporaryFolder();
const home = path.join(folder, 'home');
const withFile = path.join(folder, 'with-file');
const standard = places(process.platform, {}, withFile).configFile;
await mkdir(path.dirname(standard), { recursive: true });
await mkdir(home);

const account = (id: string) => ({ id, provider: 'threatlocker', instance: 'g', apiToken: { env: 'ACME_TOKEN' } });
const ids = async (...io: Parameters<typeof ioWith>) =>
  (await loadSettings(ioWith(...io))).accounts.map(({ id }) => id);
const ENVIRONMENT = { THREATLOCKER_INSTANCE: 'g', THREATLOCKER_API_TOKEN: TOKEN };

async function refusal(...io: Parameters<typeof ioWith>): Promise<SettingsError> {
  const error: unknown = await loadSettings(ioWith(...io)).catch((reason: unknown) => reason);
  if (!(error instanceof SettingsError)) throw new Error('it was not refused');
  expect(error.message).not.toContain(TOKEN);
  return error;
}

describe('settings come', () => {
  it('from the file that COUNTERSIGN_CONFIG names, before all else', async () => {
    await write(path.dirname(standard), 'accounts.json', { accounts: [account('standard')] });
    const file = await write(folder, 'named.json', { accounts: [account('named')] });
    expect(await ids(withFile, { COUNTERSIGN_CONFIG: file, ...ENVIRONMENT })).toEqual(['named']);
    expect((await loadSettings(ioWith(withFile, { COUNTERSIGN_CONFIG: file }))).file).toBe(file);
  });

  it('from accounts.json in the configuration folder, before the environment', async () => {
    await write(path.dirname(standard), 'accounts.json', { accounts: [account('standard')] });
    expect(await ids(withFile, ENVIRONMENT)).toEqual(['standard']);
  });

  it('from the environment where there is no file', async () => {
    const settings = await loadSettings(
      ioWith(home, {
        ...ENVIRONMENT,
        THREATLOCKER_ORGANIZATION_ID: '6f9619ff-8b86-d011-b42d-00c04fc964ff',
        ADMIN_BY_REQUEST_DATA_CENTER: 'dc2',
        ADMIN_BY_REQUEST_API_KEY: TOKEN,
        ADMIN_BY_REQUEST_APPROVER_EMAIL: 'kim@acme.example',
      }),
    );
    expect(settings.file).toBeNull();
    expect(settings.accounts).toMatchObject([
      {
        id: 'threatlocker',
        host: 'portalapi.g.threatlocker.com',
        organizationId: '6f9619ff-8b86-d011-b42d-00c04fc964ff',
        secret: { env: 'THREATLOCKER_API_TOKEN' },
      },
      {
        id: 'admin-by-request',
        host: 'dc2api.adminbyrequest.com',
        approverEmail: 'kim@acme.example',
        secret: { env: 'ADMIN_BY_REQUEST_API_KEY' },
      },
    ]);
    expect(JSON.stringify(settings)).not.toContain(TOKEN);
  });

  it('from the environment for one vendor alone', async () => {
    expect(await ids(home, ENVIRONMENT)).toEqual(['threatlocker']);
    expect(await ids(home, { ADMIN_BY_REQUEST_DATA_CENTER: 'dc1', ADMIN_BY_REQUEST_API_KEY: TOKEN })).toEqual([
      'admin-by-request',
    ]);
  });
});

describe('settings are refused', () => {
  it('with how to begin, where there are none', async () => {
    const error = await refusal(home);
    expect(error.kind).toBe('nothing-configured');
    expect(error.problems).toEqual([
      `No account is configured. Write ${places(process.platform, {}, home).configFile}, or set THREATLOCKER_INSTANCE and THREATLOCKER_API_TOKEN, or ADMIN_BY_REQUEST_DATA_CENTER and ADMIN_BY_REQUEST_API_KEY; to try it without a tenant, run "countersign sandbox".`,
    ]);
  });

  it('where the named file is absent, whatever else there is', async () => {
    const file = path.join(folder, 'absent.json');
    const error = await refusal(withFile, { COUNTERSIGN_CONFIG: file, ...ENVIRONMENT });
    expect(error.problems).toEqual([
      `${file}, which COUNTERSIGN_CONFIG names, does not exist; create it, or unset the variable.`,
    ]);
  });

  it('where the file can’t be read', async () => {
    expect(await refusal(home, { COUNTERSIGN_CONFIG: folder })).toMatchObject({ kind: 'unreadable' });
    const large = await write(folder, 'large.json', ' '.repeat(1_100_000));
    expect((await refusal(home, { COUNTERSIGN_CONFIG: large })).message).toContain('larger than 1 MiB');
  });

  it('where the file is wrong, by its name', async () => {
    const file = await write(folder, 'wrong.json', { accounts: [{ ...account('acme'), apiToken: TOKEN }] });
    const error = await refusal(home, { COUNTERSIGN_CONFIG: file });
    expect(error.kind).toBe('invalid');
    expect(error.problems[0]).toContain(`${file}: accounts[0].apiToken must not be the secret itself`);
  });

  it('where the environment is half of it, or wrong, by the variable’s name', async () => {
    expect((await refusal(home, { THREATLOCKER_INSTANCE: 'g', ADMIN_BY_REQUEST_API_KEY: TOKEN })).problems).toEqual([
      'The environment variable THREATLOCKER_API_TOKEN is not set, though THREATLOCKER_INSTANCE is; set it too.',
      'The environment variable ADMIN_BY_REQUEST_DATA_CENTER is not set, though ADMIN_BY_REQUEST_API_KEY is; set it too.',
    ]);
    expect((await refusal(home, { ...ENVIRONMENT, THREATLOCKER_INSTANCE: TOKEN })).problems).toEqual([
      'The environment variable THREATLOCKER_INSTANCE must be the instance alone, such as "g": lower-case letters and digits (in the portal: Help > Organization Instance).',
    ]);
  });
});
