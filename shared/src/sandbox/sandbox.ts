import { APPROVER, addUnseen, emptyState as emptyAdminByRequest } from './admin-by-request/population/state.ts';
import { adminByRequestSimulation } from './admin-by-request/simulation.ts';
import { faultBoard } from './faults.ts';
import { listen } from './listener.ts';
import type { Arrival, Sandbox, SandboxOptions } from './options.ts';
import { populate } from './populate.ts';
import { identities, randomNumbers } from './random.ts';
import type { RecordedCall, RecordedWrite, Vendor } from './record.ts';
import type { Simulations } from './simulations.ts';
import { eachToken, organizationIds } from './threatlocker/population/organizations.ts';
import { emptyState as emptyThreatLocker } from './threatlocker/population/state.ts';
import { threatLockerSimulation } from './threatlocker/simulation.ts';
import { startTraffic } from './traffic.ts';

/** Starts both vendors' servers on the loopback address. Rejects if a port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { seed = 1, now = Date.now, host = '127.0.0.1' } = options;
  const ids = identities(seed);
  const threatLockerState = emptyThreatLocker(ids, now, options.threatLocker ?? {});
  const adminByRequestState = emptyAdminByRequest(ids, now, options.adminByRequest ?? {});
  const simulations: Simulations = {
    threatlocker: threatLockerSimulation(threatLockerState),
    'admin-by-request': adminByRequestSimulation(adminByRequestState),
  };
  const requests = populate(simulations, options.population ?? 'standard', now());
  const faults = faultBoard();
  const calls: RecordedCall[] = [];
  const record: RecordedWrite[] = [];

  const start = (vendor: Vendor, port: number): ReturnType<typeof listen> => {
    const { intent, handle } = simulations[vendor];
    return listen(host, port, { vendor, now, faults, calls, record, intent, handle });
  };
  const threatLocker = await start('threatlocker', options.threatLockerPort ?? 0);
  const adminByRequest = await start('admin-by-request', options.adminByRequestPort ?? 0).catch(async (error) => {
    await threatLocker.close();
    throw error;
  });

  const arrive = (what: Arrival): string => {
    if (what.vendor === 'threatlocker') {
      const { vendor, ...draft } = what;
      return simulations[vendor].add(draft);
    }
    const { vendor, ...draft } = what;
    return simulations[vendor].add(draft);
  };
  const traffic = startTraffic(options, simulations, randomNumbers(seed), arrive);

  return {
    threatLocker: {
      url: threatLocker.url,
      token: eachToken(ids, 'token').main,
      organizationId: organizationIds(ids).northwind,
      organizations: organizationIds(ids),
      tokens: eachToken(ids, 'token'),
      users: eachToken(ids, 'name'),
      instance: threatLockerState.instance,
    },
    adminByRequest: {
      url: adminByRequest.url,
      apiKey: adminByRequestState.apiKey,
      approverEmail: APPROVER.email,
    },
    record,
    calls,
    faults,
    requests,
    id(name) {
      const found = requests.find((request) => request.name === name);
      if (found === undefined) throw new Error(`The sandbox has no request named ${name}`);
      return found.id;
    },
    arrive: (what) => arrive(what ?? traffic.next()),
    arriveUnseen: (draft = {}) => addUnseen(adminByRequestState, draft),
    rivalDecides: (vendor, id, verdict) => simulations[vendor].decide(id, verdict),
    change(vendor, id, mutate) {
      const request = simulations[vendor].stored(id);
      if (request === undefined) throw new Error(`The sandbox holds no request ${id}`);
      mutate(request);
      simulations[vendor].touched(id);
    },
    raw: (vendor, id) => structuredClone(simulations[vendor].stored(id)),
    remove: (vendor, id) => simulations[vendor].remove(id),
    async close() {
      traffic.stop();
      await Promise.all([threatLocker.close(), adminByRequest.close()]);
    },
  };
}
