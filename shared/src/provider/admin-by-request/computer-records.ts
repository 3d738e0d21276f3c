import { cleanLine } from '../../text/index.ts';
import type { HistoryEntry } from '../provider.ts';
import { instant, line } from './audit-log.ts';
import { anything, flag, record, shownCode, text } from './fields.ts';
import { pathOf } from './request.ts';

const eventRecord = record({
  eventcode: anything,
  eventlevel: anything,
  eventtext: text,
  eventtime: text,
  eventtimeutc: text,
  computername: text,
  useraccount: text,
  username: text,
  application: record({ file: text, path: text }),
});

const LEVELS: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [0, 'informational'],
  [1, 'warning'],
  [2, 'alert'],
]);

/** Something that the client on a computer noticed: tampering, malware, new administrators. */
export function eventEntry(value: unknown): HistoryEntry {
  const event = eventRecord.parse(value);
  return {
    at: instant(event.eventtimeutc) ?? line(event.eventtime),
    what: cleanLine(`Event: ${event.eventtext ?? `code ${shownCode(event.eventcode) || 'unknown'}`}`),
    by: line(event.useraccount ?? event.username),
    computer: line(event.computername),
    file: line(pathOf(event.application) ?? event.application.file),
    outcome: LEVELS.get(event.eventlevel) ?? `level ${shownCode(event.eventlevel) || 'unknown'}`,
  };
}

// Location, addresses and telephone numbers stand there too, and are nobody's business here.
const inventoryRecord = record({
  name: text,
  inventorydate: text,
  user: record({ account: text }),
  owner: record({ account: text, fullname: text }),
  operatingsystem: record({ name: text, version: text }),
  hardware: record({ bitlockerenabled: flag, iscompliant: flag }),
  computer: record({ localadmins: anything }),
});

/** What the inventory says of a computer, in one line. */
export function inventoryEntry(value: unknown): HistoryEntry {
  const { operatingsystem, hardware, user, owner, computer, name, inventorydate } = inventoryRecord.parse(value);
  const facts = [
    [operatingsystem.name, operatingsystem.version].filter((part) => part !== null).join(' ') || null,
    user.account === null ? null : `user ${user.account}`,
    (owner.account ?? owner.fullname) === null ? null : `owner ${owner.account ?? owner.fullname}`,
    Array.isArray(computer.localadmins) ? `local administrators: ${computer.localadmins.length}` : null,
    hardware.bitlockerenabled === null ? null : `BitLocker ${hardware.bitlockerenabled ? 'on' : 'off'}`,
    hardware.iscompliant === null ? null : hardware.iscompliant ? 'compliant' : 'not compliant',
  ].filter((fact) => fact !== null);
  return {
    at: line(inventorydate),
    what: cleanLine(`Inventory: ${facts.join('; ') || 'nothing known'}`),
    by: null,
    computer: line(name),
    file: null,
    outcome: null,
  };
}
