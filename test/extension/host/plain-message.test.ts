import { expect, test } from 'vitest';
import { plainMessage } from '../../../extension/src/host/plain-message.ts';

test('a toast holds no link that others wrote', () => {
  // As the editor finds them: base/common/linkedText.ts of VS Code.
  const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
  const text = 'a [b](https://evil.example) [c](command:x "d") [[e](file:///f)](https://g)';
  expect(text).toMatch(link);
  expect(plainMessage(text)).not.toMatch(link);
  expect(plainMessage('1 new request: a[1].exe (x) from Kim')).toBe('1 new request: a[1].exe (x) from Kim');
});
