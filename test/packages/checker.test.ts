import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { packMcpb } from '../../scripts/package/mcpb.ts';
import { emptyFolder, filesIn } from './place.ts';

// The format's own tool, 17 MB from the registry: installed where nothing else needs it, in the long form alone.

const CHECKER = path.resolve('test/packages/checker');
const TOOL = path.join(CHECKER, 'node_modules/@anthropic-ai/mcpb/dist/cli/cli.js');

const mcpb = (...args: readonly string[]) => execFileSync(process.execPath, [TOOL, ...args], { encoding: 'utf8' });

describe.runIf(process.env['COUNTERSIGN_LONG'] === '1')('the tool of the format', () => {
  beforeAll(() => {
    execFileSync('npm', ['ci', '--prefix', CHECKER, '--ignore-scripts'], { stdio: 'pipe' });
  });

  test('unpacks the bundle, finds its manifest valid, and packs it again', ({ onTestFinished }) => {
    const { folder, remove } = emptyFolder();
    onTestFinished(remove);
    const unpacked = path.join(folder, 'unpacked');
    mcpb('unpack', packMcpb(folder), unpacked);
    expect(filesIn(unpacked)).toContain('dist/main.cjs');
    expect(mcpb('validate', path.join(unpacked, 'manifest.json'))).toContain('Manifest schema validation passes!');
    expect(mcpb('pack', unpacked, path.join(folder, 'again.mcpb'))).toContain('ignored (.mcpbignore) files: 0');
  });
});
