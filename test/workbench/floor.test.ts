import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const FLOOR = path.resolve('node_modules/node-floor/bin/node');
const MAIN = path.resolve('mcp-server/dist/main.cjs');

function run(node: string, args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(node, args, {
    encoding: 'utf8',
    input: '',
    env: { PATH: process.env['PATH'] ?? '' },
  });
  return { status, stdout, stderr };
}

describe('the oldest Node that users may have', () => {
  test('is 22.19', () => {
    expect(run(FLOOR, ['--version']).stdout.trim()).toBe('v22.19.0');
  });

  test.each([['--version'], ['--help'], ['demo']])('runs %s with nothing on stderr', (command) => {
    const result = run(FLOOR, [MAIN, command]);
    expect(result).toMatchObject({ status: 0, stderr: '' });
    if (command === 'demo') expect(result.stdout.trimEnd().endsWith('Nothing was approved.')).toBe(true);
  });
});

describe('an older Node', () => {
  test.each(['18.20.4', '20.20.2', '22.18.0'])('%s is told so in one sentence', (version) => {
    const pretend = `Object.defineProperty(process.versions, 'node', { value: '${version}' }); require(${JSON.stringify(MAIN)});`;
    const result = run(process.execPath, ['-e', pretend]);
    expect(result.status).toBe(1);
    expect(result.stderr).toMatch(/^countersign needs Node 22\.19 or newer; this is .*\n$/);
    expect(result.stdout).toBe('');
  });
});
