import type { PermitOptions } from '@countersign/shared/provider';
import { expect, test } from 'vitest';
import { permitOptionsOf, withNarrowing } from '../../../mcp-server/src/present/application.ts';
import { optionLines } from '../../../mcp-server/src/terminal/view/applications.ts';
import { stage } from './stage.ts';

const { output } = stage([]).surroundings;
const id = (number: number) => `00000000-0000-0000-0000-${String(number).padStart(12, '0')}`;

const VIEW = permitOptionsOf(
  {
    matching: [],
    existing: Array.from({ length: 60 }, (_, number) => ({
      id: id(number),
      name: number === 0 ? `A" ${id(99)}` : `Application ${number}`,
      owner: { id: null, name: null },
      builtIn: false,
      reach: { level: 'computer', sentence: 'On one computer.' },
    })),
    maintenance: Array.from({ length: 7 }, (_, number) => ({ id: id(number), name: `Mode ${number}` })),
    groups: [],
    scopes: [],
    rules: [],
    canElevate: null,
    properties: { path: null, process: null, certificates: [], createdBy: [] },
    suggestion: null,
    notes: [],
  } satisfies PermitOptions,
  null,
);

test('of many applications a few are named with their ids, and what narrows the rest', () => {
  const text = optionLines(output, VIEW, false).join('\n');
  expect(text).toContain(`"A' ${id(99)}"`);
  expect(text).toContain(`"Application 4" ${id(4)}\n               and 55 more; --search <text> narrows them\n`);
  expect(text).toContain(`"Mode 4" ${id(4)}\n               and 2 more; --json has them`);
  expect(text).not.toContain('Application 5');
});

test('what was searched for is named as far as it was read', () => {
  const text = optionLines(output, VIEW, true).join('\n');
  expect(text).toContain(`"Application 49" ${id(49)}\n               and 10 more; --search <text> narrows them\n`);
});

test.each(['search', '--search'] as const)('whoever reads the list is told that %s narrows it', (option) => {
  expect(withNarrowing(VIEW, option).notes).toEqual([
    `Only 50 of 60 applications are shown; narrow them with ${option}.`,
  ]);
});
