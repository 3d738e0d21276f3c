import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../mcp-server/terminal/command.ts';

const EXAMPLE = path.resolve(import.meta.dirname, '../../examples/ticket-job');
const read = (name: string) => readFileSync(path.join(EXAMPLE, name), 'utf8');

/** The commands of "Put it on a schedule" that make folders, below another root and for whoever runs the tests. */
function foldersBelow(root: string): string {
  const section =
    read('README.md')
      .split(/^## /m)
      .find((part) => part.startsWith('Put it on a schedule')) ?? '';
  const lines = section.split('\n').filter((line) => line.startsWith('install '));
  return lines
    .join('\n')
    .replaceAll(/ -[og] countersign/g, '')
    .replaceAll(/ (?=\/)/g, ` ${root}`);
}

// flock is Linux's.
test.skipIf(process.platform !== 'linux')('cron starts the job with what its README has prepared', () => {
  const root = temporaryFolder();
  expect(spawnSync('sh', ['-ec', `mkdir -p ${root}/etc ${root}/var/lib\n${foldersBelow(root)}`]).status).toBe(0);
  writeFileSync(path.join(root, 'etc/countersign/tickets.env'), '');
  const [, command = ''] = /^\*\/5 \* \* \* \* countersign (.*)$/m.exec(read('crontab')) ?? [];
  const here = command.replaceAll('/opt/countersign/ticket-job', EXAMPLE).replaceAll(/\/(etc|var)\//g, `${root}/$1/`);
  const { status, stderr } = spawnSync('sh', ['-c', here], { env: { PATH: process.env['PATH'] ?? '' } });
  // Which is what the job says itself.
  expect(String(stderr)).toBe('TICKETS_URL, TICKETS_TOKEN and JOB_STATE have to be set.\n');
  expect(status).toBe(2);
});
