import { expect, test } from 'vitest';
import { plainLabel, plainMessage } from '../../../extension/src/host/plain-message.ts';

test('a toast holds no link that others wrote', () => {
  // As the editor finds them: base/common/linkedText.ts of VS Code.
  const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
  const text = 'a [b](https://evil.example) [c](command:x "d") [[e](file:///f)](https://g)';
  expect(text).toMatch(link);
  expect(plainMessage(text)).not.toMatch(link);
  expect(plainMessage('1 new request: a[1].exe (x) from Kim')).toBe('1 new request: a[1].exe (x) from Kim');
});

test('an item of a list holds no sign of ours that others wrote', () => {
  // As the editor finds them: base/common/iconLabels.ts of VS Code, which draws one as text behind a backslash.
  const sign = /(\\)?\$\(([a-z\d-]+(?:~[a-z]+)?)\)/gi;
  const drawn = (text: string) => [...text.matchAll(sign)].filter(([, escaped]) => escaped === undefined);
  const text = '$(verified-filled) Microsoft.exe $(a)$(b)';
  expect(drawn(text)).toHaveLength(3);
  expect(drawn(plainLabel(text))).toEqual([]);
  expect(plainLabel('cost (in $) of a.exe')).toBe('cost (in $) of a.exe');
});
