import type { Group } from '@countersign/shared/queue';
import { cleanLine } from '@countersign/shared/text';
import * as z from 'zod';

export const group = z.object({
  by: z.string(),
  key: z.string(),
  label: z.string(),
  toldBy: z
    .enum(['sha256', 'vendor-hash', 'path-and-signer'])
    .optional()
    .describe('Of files: by what its requests were told to be for the same one.'),
  count: z.number(),
});
export type GroupView = z.output<typeof group>;

export function groupOf({ by, key, label, toldBy, requests }: Group): GroupView {
  return {
    by,
    key: cleanLine(key, 200),
    label: cleanLine(label, 100),
    ...(toldBy ? { toldBy } : {}),
    count: requests.length,
  };
}

const TOLD_BY = {
  sha256: 'the same SHA-256',
  'vendor-hash': "the same hash, the vendor's own",
  'path-and-signer': 'the same path and signer, so the bytes may differ',
} as const satisfies Readonly<Record<NonNullable<Group['toldBy']>, string>>;

/** A heading: "setup.exe (3, the same SHA-256)". */
export function groupText({ label, count, toldBy }: GroupView): string {
  return `${label} (${count}${count > 1 && toldBy !== undefined ? `, ${TOLD_BY[toldBy]}` : ''})`;
}
