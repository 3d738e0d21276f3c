import { SettingsError } from '@countersign/shared/account';
import type { DecisionResult } from '@countersign/shared/decide';
import fc from 'fast-check';
import { CUSTOMER_TOKEN_VARIABLE } from '../../../support/world.ts';
import { type Forgery, forgery, NO_CHOICE } from './forgery.ts';
import { type AccountsChange, accountsWith, ending, leave, type Scene, TRUSTED, useAccounts } from './stage.ts';

// A good countersignature, and settings or facts that changed since the plan was made.

/** With the settings as they were again afterwards. */
async function meanwhile(scene: Scene, change: AccountsChange): Promise<DecisionResult> {
  useAccounts(scene, change);
  await leave(scene, scene.good);
  const result = await ending(scene);
  useAccounts(scene);
  return result;
}

const [named, launched] = TRUSTED.map(({ publicKey }) => publicKey.text);
const both = (change: object): AccountsChange => ({ threatLocker: change, adminByRequest: change });
const confirmation = (change: object): AccountsChange => ({
  more: { confirmation: { approverKeys: [named], ...change } },
});

export const SETTINGS_FORGERIES: readonly Forgery[] = [
  forgery(
    'other settings',
    fc.constantFrom<AccountsChange>(
      confirmation({ expiresMinutes: 60 }),
      both({ assistants: 'read' }),
      both({ elicitationReach: 'any' }),
      { more: { ...accountsWith().more, approver: { name: 'Somebody Else' } } },
      { more: { ...accountsWith().more, guardrails: { severity: { 'vague-reason': 'info' } } } },
    ),
    meanwhile,
  ),
  forgery(
    'other approver keys',
    fc.constantFrom(
      confirmation({ approverKeys: [] }),
      confirmation({ approverKeys: [launched] }),
      confirmation({ approverKeys: [named, launched] }),
      { more: {} },
    ),
    meanwhile,
  ),
  forgery(
    'accounts that take no answer from an editor any more',
    fc.constantFrom(['terminal'], ['elicitation'], ['terminal', 'elicitation']),
    (scene, channels) => meanwhile(scene, both({ channels })),
  ),
  forgery(
    'accounts that point elsewhere, or are gone',
    fc.constantFrom('another organization', 'another id', "another customer's secret"),
    (scene, how) => {
      const { url, organizations } = scene.world.sandbox.threatLocker;
      const changes: Readonly<Record<typeof how, AccountsChange>> = {
        'another organization': {
          threatLocker: { organizationId: organizations.contoso },
          adminByRequest: { endpoint: url },
        },
        'another id': { threatLocker: { id: 'renamed' }, adminByRequest: { id: 'renamed-abr' } },
        "another customer's secret": {
          threatLocker: { apiToken: { env: CUSTOMER_TOKEN_VARIABLE }, organizationId: undefined },
          adminByRequest: { dataCenter: 'dc2' },
        },
      };
      return meanwhile(scene, changes[how]);
    },
  ),
  forgery('settings that can not be read', NO_CHOICE, async (scene) => {
    scene.world.useSettings(new SettingsError('unreadable', ['accounts.json can not be read.']));
    await leave(scene, scene.good);
    const result = await ending(scene);
    useAccounts(scene);
    return result;
  }),
  forgery(
    'a request that changed',
    fc.constantFrom<(request: { reason: string }) => void>(
      (request) => {
        request.reason = 'A better reason.';
      },
      (request) => {
        request.reason += ' ';
      },
      (request) => {
        request.reason = '';
      },
    ),
    async (scene, change) => {
      const { sandbox, named } = scene.world;
      const { id } = named(scene.order.name);
      const vendor = scene.order.name.startsWith('abr') ? 'admin-by-request' : 'threatlocker';
      let before = '';
      sandbox.change(vendor, id, (request) => {
        before = request.reason;
        change(request);
      });
      await leave(scene, scene.good);
      const result = await ending(scene);
      sandbox.change(vendor, id, (request) => {
        request.reason = before;
      });
      return result;
    },
  ),
];
