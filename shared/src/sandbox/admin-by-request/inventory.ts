import type { JsonObject } from '../json.ts';
import type { RecordedCall } from '../record.ts';
import { emptyReply, jsonReply } from '../reply.ts';
import type { Outcome } from '../simulation.ts';
import type { Computer } from './model.ts';
import { generalError, isSet, page, parameter } from './parameters.ts';
import { utcTime } from './rows.ts';
import type { AdminByRequestState } from './state.ts';

export function listInventory(state: AdminByRequestState, call: RecordedCall): Outcome {
  const found = page(call, [...state.computers.values()], { standard: 50, most: 10_000 });
  return {
    reply: jsonReply(
      200,
      found.map((computer) => inventoryRow(state, call, computer)),
    ),
  };
}

export function getInventory(state: AdminByRequestState, call: RecordedCall, key: string): Outcome {
  const computer = findComputer(state, key);
  if (computer === undefined) return { reply: emptyReply(404) };
  return { reply: jsonReply(200, inventoryRow(state, call, computer)) };
}

/** Deletes the computer: here so that a client that calls it is caught. */
export function deleteInventory(state: AdminByRequestState, key: string): Outcome {
  const computer = findComputer(state, key);
  if (computer === undefined) return { reply: emptyReply(404), effect: 'refused', why: 'no such computer' };
  state.computers.delete(computer.name.toLowerCase());
  return { reply: emptyReply(200), effect: 'applied' };
}

/** A GET with an effect: it issues a code that gives administrator's rights, or removes the product. */
export function issuePin(state: AdminByRequestState, call: RecordedCall, key: string): Outcome {
  const computer = findComputer(state, key);
  if (computer === undefined) return { reply: emptyReply(404), effect: 'refused', why: 'no such computer' };
  const uninstall = parameter(call, 'pintype')?.toLowerCase() === 'uninstallpin';
  if (!uninstall && !/^\d{6}$/.test(parameter(call, 'pin1') ?? '')) throw generalError('pin1 is missing');
  const pin = String(Number.parseInt(state.ids.hex(`pin/${computer.name}`, 6), 16) % 1_000_000).padStart(6, '0');
  return { reply: jsonReply(200, pin), effect: 'applied' };
}

export function findComputer(state: AdminByRequestState, key: string): Computer | undefined {
  const byName = state.computers.get(key.toLowerCase());
  return byName ?? [...state.computers.values()].find(({ id }) => String(id) === key);
}

function inventoryRow(state: AdminByRequestState, call: RecordedCall, computer: Computer): JsonObject {
  const { name, ownerAccount, hourOffset } = computer;
  const groups = isSet(call, 'wantgroups') ? ['Domain Users', 'Office Staff'] : [];
  const person = [...state.requests.values()].find(({ user }) => user.account === ownerAccount)?.user;
  return {
    id: computer.id,
    name,
    inventoryAvailable: true,
    inventoryDate: utcTime(state.now() - 6 * 3_600_000),
    abrClientVersion: '8.4.2',
    abrClientInstallDate: '2025-03-04T09:00:00',
    notes: '',
    user: {
      account: ownerAccount,
      fullName: person?.fullName ?? '',
      email: person?.email ?? '',
      phone: '',
      isAdmin: person?.isAdmin ?? false,
      domain: 'NORTHWIND',
      isDomainJoined: computer.platformCode !== 1,
      isAzureJoined: false,
      orgUnit: 'Staff',
      orgUnitPath: 'northwind.example/Staff',
      groups,
    },
    owner: { account: ownerAccount, fullName: person?.fullName ?? '' },
    computer: {
      domain: 'NORTHWIND',
      isDomainJoined: computer.platformCode !== 1,
      isAzureJoined: false,
      orgUnit: 'Computers',
      orgUnitPath: 'northwind.example/Computers',
      groups,
      localAdmins: [`${name}\\Administrator`],
      users: [ownerAccount],
    },
    operatingSystem: {
      platform: computer.platform,
      platformCode: computer.platformCode,
      name: computer.platformCode === 1 ? 'macOS' : 'Windows 11 Pro',
      version: computer.platformCode === 1 ? '15.5' : '10.0',
      release: '24H2',
      build: computer.platformCode === 1 ? '24F74' : '26100',
      buildUpdate: 1,
      type: computer.platformCode === 2 ? 'Server' : 'Workstation',
      typeCode: computer.platformCode === 2 ? 1 : 0,
      bits: 64,
      installDate: '2025-03-01T08:00:00',
    },
    hardware: {
      make: computer.make,
      model: computer.model,
      type: 'Laptop',
      typeCode: 1,
      serviceTag: state.ids.hex(`tag/${name}`, 7).toUpperCase(),
      bitlockerEnabled: computer.platformCode !== 1,
      isCompliant: true,
      tpmEnabled: true,
      tpmVersion: '2.0',
    },
    network: { publicIP: '198.51.100.20', privateIP: '192.0.2.31', macAddress: '00-00-5E-00-53-11', hostName: name },
    location: { city: 'Aarhus', region: '', country: 'Denmark', latitude: 56.16, longitude: 10.2, hourOffset },
    software: isSet(call, 'wantsoftware') ? [{ name: 'Google Chrome', version: '141.0', vendor: 'Google LLC' }] : null,
  };
}
