import * as z from 'zod';

/**
 * Where a secret is kept: an environment variable, a file that only its owner can read (absolute, or from `~/`), or a
 * program that prints it, run without a shell.
 */
export type SecretReference =
  | { readonly env: string }
  | { readonly file: string }
  | { readonly command: readonly [program: string, ...args: string[]] };

const FORMS = '{ "env": "NAME" }, { "file": "/path" } or { "command": ["program", "argument"] }';

/** Variable names and programs don't look like this; tokens and keys of both vendors do. */
const LIKE_A_SECRET = /^[\da-f-]{24,}$/i;

/** Whether a text may be a secret in the wrong place, which no message may then repeat. */
export function looksLikeSecret(text: string): boolean {
  return LIKE_A_SECRET.test(text);
}

/** Its problems never repeat what stands in the file, since it may be the secret itself. */
export const secretReference = z.unknown().transform((value, context): SecretReference => {
  const read = readReference(value);
  if (typeof read !== 'string') return read;
  context.issues.push({ code: 'custom', message: read, input: value });
  return z.NEVER;
});

function readReference(value: unknown): SecretReference | string {
  if (value === undefined) return `is missing; say where the secret is kept: ${FORMS}`;
  if (typeof value === 'string') {
    return `must not be the secret itself: this file only says where it is kept, as ${FORMS}. Take it out, and have the vendor make a new one if others could read this file`;
  }
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const [entry] = entries;
  if (entries.length !== 1 || entry === undefined) return `must be exactly one of ${FORMS}`;
  const [form, where] = entry;
  if (form === 'env') return readName(where);
  if (form === 'file') return readPath(where);
  if (form === 'command') return readCommand(where);
  return `must be exactly one of ${FORMS}`;
}

function readName(name: unknown): SecretReference | string {
  const sound = typeof name === 'string' && /^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(name) && !looksLikeSecret(name);
  return sound
    ? { env: name }
    : 'has an "env" that is not the name of an environment variable; give the name, not the value';
}

function readPath(file: unknown): SecretReference | string {
  const sound = typeof file === 'string' && /^(\/|~[/\\]|[A-Za-z]:[/\\]|\\\\)[^\0]+$/.test(file);
  return sound ? { file } : 'has a "file" that is not a path; give an absolute one, or one that begins with ~/';
}

function readCommand(command: unknown): SecretReference | string {
  const [program, ...args]: readonly unknown[] = Array.isArray(command) ? command : [];
  const isText = (part: unknown): part is string => typeof part === 'string' && !part.includes('\0');
  if (!isText(program) || program === '' || looksLikeSecret(program) || !args.every(isText)) {
    return 'has a "command" that is not a program with its arguments; give a list of texts, the program first';
  }
  return { command: [program, ...args] };
}
