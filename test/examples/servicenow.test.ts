import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';

const PAGE = readFileSync(path.resolve(import.meta.dirname, '../../examples/servicenow.md'), 'utf8');
const SCRIPT = /^```js\n(\/\/ Script include .*?)^```$/ms.exec(PAGE)?.[1] ?? '';

/** Whether the script include takes Kim, who is at the screen, for the one who asked. */
function isOwn(record: Readonly<Record<string, string>>): unknown {
  const gs = {
    getUserName: () => 'kapp',
    getUserDisplayName: () => 'Kim Approver',
    getUser: () => ({ getEmail: () => 'kim@acme.example' }),
  };
  const asked = { u_asked_by: '', u_asked_name: '', u_asked_email: '', ...record };
  const script = `${SCRIPT}; CountersignRequest.prototype.isOwn(asked)`;
  return runInNewContext(script, { gs, asked, Class: { create: () => () => undefined } });
}

test.each([
  ['the account', { u_asked_by: 'ACME\\KAPP' }],
  ['the name in place of an account', { u_asked_by: 'Kim Approver' }],
  ['the full name beside another account', { u_asked_by: 'ACME\\x17', u_asked_name: 'kim approver' }],
  ['the e-mail', { u_asked_by: 'ACME\\x17', u_asked_email: 'Kim@acme.example' }],
])("ServiceNow's button knows whoever asked by %s", (_, record) => {
  expect(isOwn(record)).toBe(true);
});

test("ServiceNow's button is for others", () => {
  expect(isOwn({ u_asked_by: 'ACME\\robin', u_asked_name: 'Robin Requester' })).toBe(false);
});
