import { formatSize } from '@countersign/shared/text';
import { expect, test } from 'vitest';

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1000, '1 kB (1,000 bytes)'],
  [2_805_978, '2.81 MB (2,805,978 bytes)'],
  [999_999, '1,000 kB (999,999 bytes)'],
  [10_000_000_000, '10 GB (10,000,000,000 bytes)'],
  [5e15, '5,000 TB (5,000,000,000,000,000 bytes)'],
])('%d', (bytes, text) => expect(formatSize(bytes)).toBe(text));
