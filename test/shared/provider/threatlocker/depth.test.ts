import { VendorError } from '@countersign/shared/http';
import { expect, test } from 'vitest';
import { BY_ID, example, exampleText, NAVIGATION, PERMIT_RECORD, SEED, seedPortal } from './seed-portal.ts';
import { DECISION, providerAt } from './setup.ts';

const arrays = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const branches = (depth: number) =>
  `{"organizationId":"${SEED.parent}","organizationHierarchyDtos":[`.repeat(depth) + ']}'.repeat(depth);
const DEPTHS = [1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000, 8_000, 10_000, 15_000, 30_000, 100_000];

test.each(DEPTHS)('nesting %i deep is read or refused, and breaks nothing', async (depth) => {
  const [row] = example<readonly object[]>('list.response');
  const deeper = (text: string) => text.replace('{', `{"unheardOf":${arrays(depth)},`);
  const record = exampleText('permit-record.response');
  const alone = JSON.stringify({ ...JSON.parse(record), organizationIds: null });
  const portals = [
    await seedPortal({ [BY_ID]: () => ({ body: deeper(JSON.stringify(row)) }) }),
    await seedPortal({ [PERMIT_RECORD]: () => ({ body: deeper(record) }) }),
    await seedPortal({ [PERMIT_RECORD]: () => ({ body: alone }), [NAVIGATION]: () => ({ body: branches(depth) }) }),
  ];
  for (const { origin } of portals) {
    const acme = providerAt(origin);
    const readings = [
      () => acme.get(SEED.request),
      () => acme.fingerprint(),
      () => acme.prepare(SEED.request, { verdict: 'take-ownership' }, DECISION),
      () => acme.prepare(SEED.request, { verdict: 'deny', options: { reason: 'no' } }, DECISION),
      () =>
        acme.prepare(
          SEED.request,
          { verdict: 'approve', options: { application: { use: 'new', name: 'x' } } },
          DECISION,
        ),
    ];
    for (const reading of readings) {
      const outcome = await reading().catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(VendorError);
    }
  }
});
