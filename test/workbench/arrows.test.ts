import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

// The rules of biome.json, tried on a tree of its own: one file for each import, and Biome run once over them all.

const REFUSED: readonly (readonly [folder: string, specifier: string])[] = [
  ['shared/src/approval', '../text/index.ts'],
  ['shared/src/text', '../approval/index.ts'],
  ['shared/src/http', '../provider/index.ts'],
  ['shared/src/provider', '../decide/index.ts'],
  ['shared/src/provider/threatlocker', '../../queue/index.ts'],
  ['shared/src/provider/threatlocker/permit', '../../../ledger/index.ts'],
  ['shared/src/ledger', '../queue/index.ts'],
  ['shared/src/decide', '../sandbox/index.ts'],
  ['shared/src/sandbox', '../approval/index.ts'],
  ['shared/src/decide', '../approval/json.ts'],
  ['shared/src/provider/threatlocker', '../../approval/json.ts'],
  ['shared/src/http', 'undici'],
  ['shared/src/queue', 'vscode'],
  ['shared/src/decide', '@modelcontextprotocol/server'],
  ['mcp-server/src', '../../shared/src/approval/index.ts'],
  ['mcp-server/src', 'vscode'],
  ['mcp-server/src/tools', '@countersign/shared/sandbox'],
  ['extension/src', 'undici'],
  ['extension/src', '@modelcontextprotocol/server'],
  ['extension/src', '../../mcp-server/src/runtime.ts'],
  ['extension/src/views', 'vscode'],
];

const ALLOWED: readonly (readonly [folder: string, specifier: string])[] = [
  ['shared/src/decide', '../approval/index.ts'],
  ['shared/src/provider/threatlocker', '../wire.ts'],
  ['shared/src/provider/threatlocker/permit', '../../../text/index.ts'],
  ['mcp-server/src', '@countersign/shared/approval'],
  ['mcp-server/src', 'undici'],
  ['mcp-server/src/terminal', '@countersign/shared/sandbox'],
  ['extension/src/host/vscode', 'vscode'],
];

const OTHER_RULES: Readonly<Record<string, string>> = {
  'shared/src/queue/cycle-a.ts': "import { b } from './cycle-b.ts';\n\nexport const a = () => b;\n",
  'shared/src/queue/cycle-b.ts': "import { a } from './cycle-a.ts';\n\nexport const b = () => a;\n",
  'shared/src/queue/anything.ts': 'export const anything: any = 1;\n',
  'shared/src/queue/floating.ts':
    'async function later(): Promise<void> {}\n\nexport function now(): void {\n  later();\n}\n',
};

let root: string;
let complaints: readonly string[];

beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'countersign-arrows-'));
  cpSync('biome.json', path.join(root, 'biome.json'));
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };
  [...REFUSED, ...ALLOWED].forEach(([folder, specifier], index) => {
    write(
      `${folder}/case-${index}.ts`,
      `import { something } from '${specifier}';\n\nexport const used = something;\n`,
    );
  });
  for (const [file, text] of Object.entries(OTHER_RULES)) write(file, text);
  const args = ['lint', '--colors=off', '--vcs-enabled=false', '--max-diagnostics=none', '--reporter=github', '.'];
  const { stdout, stderr } = spawnSync(path.resolve('node_modules/.bin/biome'), args, { cwd: root, encoding: 'utf8' });
  complaints = `${stdout}${stderr}`.split('\n').filter((line) => line.startsWith('::error'));
});

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

function isRefused(file: string, rule: string): boolean {
  return complaints.some((line) => line.includes(file) && line.includes(rule));
}

test.each(REFUSED.map((pair, index) => [...pair, index] as const))(
  '%s may not import %s',
  (folder, _specifier, index) => {
    expect(isRefused(`${folder}/case-${index}.ts`, 'noRestrictedImports')).toBe(true);
  },
);

test.each(ALLOWED.map((pair, index) => [...pair, index + REFUSED.length] as const))(
  '%s may import %s',
  (folder, _specifier, index) => {
    expect(isRefused(`${folder}/case-${index}.ts`, 'noRestrictedImports')).toBe(false);
  },
);

test.each([
  ['cycle-a.ts', 'noImportCycles'],
  ['anything.ts', 'noExplicitAny'],
  ['floating.ts', 'noFloatingPromises'],
])('%s is refused by %s', (file, rule) => {
  expect(isRefused(`shared/src/queue/${file}`, rule)).toBe(true);
});
