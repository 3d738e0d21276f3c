/** Sets an environment variable, in the words of the shell that a system's users paste into. */
export function assignment(platform: NodeJS.Platform, name: string, value: string): string {
  return platform === 'win32'
    ? `$env:${name} = ${quoted(platform, value)}`
    : `export ${name}=${quoted(platform, value)}`;
}

/** Starts this command again. */
export function commandLine(
  platform: NodeJS.Platform,
  { command, args }: { readonly command: string; readonly args: readonly string[] },
): string {
  const parts = [command, ...args].map((part) => quoted(platform, part)).join(' ');
  // PowerShell takes a quoted text for a value unless it is called.
  return platform === 'win32' ? `& ${parts}` : parts;
}

function quoted(platform: NodeJS.Platform, text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", platform === 'win32' ? "''" : "'\\''")}'`;
}
