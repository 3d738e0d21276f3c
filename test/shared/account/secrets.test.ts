import { chmod, mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { inspect } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type AccountIo,
  nodeIo,
  resolveSecret,
  Secret,
  SecretError,
  type SecretReference,
} from '../../../shared/src/account/index.ts';
import { ioWith, TOKEN, temporaryFolder, write } from './files.ts';

const POSIX = process.platform !== 'win32';
const folder = await temporaryFolder();

async function refusal(reference: SecretReference, io: AccountIo = ioWith(folder)): Promise<SecretError> {
  const error: unknown = await resolveSecret(reference, io).catch((reason: unknown) => reason);
  if (!(error instanceof SecretError)) throw new Error('it was not refused');
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(TOKEN);
  expect(error.message).toMatch(/^[A-Z].*[.)"]$/);
  return error;
}

const printing = (script: string): SecretReference => ({ command: [process.execPath, '-e', script] });

describe('a secret', () => {
  it('shows itself to nobody who does not ask', () => {
    const secret = new Secret(TOKEN);
    const shown = [
      String(secret),
      `${secret}`,
      JSON.stringify({ secret }),
      inspect(secret, { showHidden: true, depth: 9 }),
      inspect({ deep: [secret] }),
      JSON.stringify(structuredClone(secret)),
      JSON.stringify(Object.entries(secret)),
      JSON.stringify({ ...secret }),
    ];
    expect(shown.join()).not.toContain(TOKEN);
    expect(String(secret)).toBe('[secret]');
    expect(inspect(secret)).toBe('[secret]');
    expect(secret.reveal()).toBe(TOKEN);
  });
});

describe('from the environment', () => {
  it('is the variable’s value, trimmed', async () => {
    expect((await resolveSecret({ env: 'ACME' }, ioWith(folder, { ACME: ` ${TOKEN}\n` }))).reveal()).toBe(TOKEN);
  });

  it('is missed by name', async () => {
    expect(await refusal({ env: 'ACME' })).toMatchObject({
      kind: 'missing',
      message: 'The environment variable ACME is not set; set it.',
    });
  });

  it.each([
    ['', 'missing', 'is empty'],
    ['  \n', 'missing', 'is empty'],
    [`${TOKEN}\n${TOKEN}`, 'malformed', 'has several lines'],
    [`Bearer ${TOKEN}`, 'malformed', 'begins with "Bearer"'],
    [`bearer\t${TOKEN}`, 'malformed', 'begins with "Bearer"'],
    [`${TOKEN} x`, 'malformed', 'has spaces or characters'],
    [`${TOKEN}\u0000`, 'malformed', 'has spaces or characters'],
    [`${TOKEN}\u200b`, 'malformed', 'has spaces or characters'],
    [`${TOKEN}é`, 'malformed', 'has spaces or characters'],
    [`"${TOKEN}"`, 'malformed', 'stands in quotation marks'],
  ])('%j is refused', async (value, kind, why) => {
    const error = await refusal({ env: 'ACME' }, ioWith(folder, { ACME: value }));
    expect(error.kind).toBe(kind);
    expect(error.message).toContain(`The environment variable ACME ${why}`);
  });
});

describe('from a file', () => {
  it('is its content, trimmed', async () => {
    const file = await write(folder, 'token', `${TOKEN}\n`);
    expect((await resolveSecret({ file }, ioWith(folder))).reveal()).toBe(TOKEN);
    expect((await resolveSecret({ file: '~/token' }, ioWith(folder))).reveal()).toBe(TOKEN);
  });

  it.runIf(POSIX).each([0o640, 0o604, 0o620, 0o610, 0o601])(
    'is refused where others reach it (mode %o)',
    async (mode) => {
      const file = await write(folder, `open-${mode}`, TOKEN);
      await chmod(file, mode);
      expect(await refusal({ file })).toMatchObject({
        kind: 'exposed',
        message: `The secret file ${file} can be read or changed by others (mode ${mode.toString(8)}); run: chmod 600 "${file}"`,
      });
    },
  );

  it.runIf(POSIX)('is judged by what a link points at', async () => {
    const file = await write(folder, 'open', TOKEN);
    await chmod(file, 0o644);
    await symlink(file, path.join(folder, 'link'));
    expect((await refusal({ file: path.join(folder, 'link') })).kind).toBe('exposed');
  });

  it('asks no mode of Windows, which has none', async () => {
    const io = {
      ...ioWith('C:\\Users\\kim'),
      platform: 'win32',
      readFile: async () => ({ text: TOKEN, mode: 0o666 }),
    } as const;
    expect((await resolveSecret({ file: 'C:\\token' }, io)).reveal()).toBe(TOKEN);
  });

  it('is refused where it is no ordinary, small file', async () => {
    await mkdir(path.join(folder, 'directory'));
    expect((await refusal({ file: path.join(folder, 'directory') })).message).toContain('is not an ordinary file');
    expect((await refusal({ file: await write(folder, 'large', 'x'.repeat(20_000)) })).message).toContain(
      'far too large',
    );
    expect(await refusal({ file: path.join(folder, 'absent') })).toMatchObject({ kind: 'missing' });
    expect(await refusal({ file: await write(folder, 'empty', '\n') })).toMatchObject({ kind: 'missing' });
    if (POSIX) expect((await refusal({ file: '/dev/zero' })).message).toContain('is not an ordinary file');
  });
});

describe('from a command', () => {
  it('is what it printed, trimmed', async () => {
    const secret = await resolveSecret(printing(`console.log(${JSON.stringify(TOKEN)})`), ioWith(folder));
    expect(secret.reveal()).toBe(TOKEN);
  });

  it('goes through no shell', async () => {
    const literal = '$HOME;`id`&&"%PATH%"*';
    const command = [process.execPath, '-e', 'process.stdout.write(process.argv[1])', literal] as const;
    expect((await resolveSecret({ command }, ioWith(folder))).reveal()).toBe(literal);
  });

  it('gets no input to wait for', async () => {
    const script = `process.stdin.resume().on('end', () => console.log('${TOKEN}'))`;
    expect((await resolveSecret(printing(script), ioWith(folder))).reveal()).toBe(TOKEN);
  });

  it('does not say what a failing one printed', async () => {
    const error = await refusal(
      printing(`console.log('${TOKEN}'); console.error('${TOKEN}'.slice(1)); process.exit(3)`),
    );
    expect(error.kind).toBe('failed');
    expect(error.message).toMatch(
      /which should print the secret, ended with exit code 3; run it in a terminal to see why\.$/,
    );
    expect(error.message).not.toContain(TOKEN.slice(1));
  });

  it('is refused where the program is not there', async () => {
    expect((await refusal({ command: ['no-such-program-here'] })).message).toBe(
      'The program "no-such-program-here", which should print the secret, was not found; give its full path.',
    );
  });

  it('is refused where it prints too much, or nothing', async () => {
    const much = `process.stdout.write('${TOKEN}'.repeat(10_000))`;
    expect((await refusal(printing(much))).message).toContain('printed far more than a secret');
    expect(await refusal(printing(''))).toMatchObject({ kind: 'missing' });
    expect(await refusal(printing(`console.log('a\\nb')`))).toMatchObject({ kind: 'malformed' });
  });

  it('is stopped where it does not end', async () => {
    const io = ioWith(folder);
    const impatient: AccountIo = {
      ...io,
      run: (...[program, args, limits]) => io.run(program, args, { ...limits, timeoutMs: 300 }),
    };
    const error = await refusal(printing(`console.log('${TOKEN}'); setInterval(() => {}, 1000)`), impatient);
    expect(error.message).toContain('did not end within 0.3 s');
  });
});

describe('the world as Node gives it', () => {
  let file: string;
  beforeAll(async () => {
    file = await write(folder, 'pipe-or-not', TOKEN);
  });

  it('reads a file with its permissions', async () => {
    const content = await nodeIo().readFile(file, 1_000);
    expect(content.text).toBe(TOKEN);
    if (POSIX) expect(content.mode & 0o777).toBe(0o600);
  });
});
