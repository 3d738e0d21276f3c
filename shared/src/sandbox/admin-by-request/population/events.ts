import type { EventRow } from '../event-row.ts';
import type { Computer } from '../model.ts';
import { localTime, utcTime } from '../rows.ts';
import { COMPUTERS } from './computers.ts';

/** Code, level, text and how many hours ago. */
const EVENTS: readonly (readonly [code: number, level: number, text: string, hoursAgo: number])[] = [
  [1, 1, 'User added to local administrators group', 400],
  [30, 1, 'Uninstall attempted', 220],
  [93, 2, 'Blocked: malware detected', 50],
  [94, 1, 'Suspected malware', 30],
  [92, 0, 'Blocked by policy', 20],
  [20, 1, 'Policy registry key changed', 9],
  [93, 2, 'Blocked: malware detected', 1],
];

export function standardEvents(now: number): EventRow[] {
  return EVENTS.map(([eventCode, eventLevel, eventText, hoursAgo], index) => {
    const computer: Computer | undefined = COMPUTERS[index % 3];
    const at = now - hoursAgo * 3_600_000;
    const malware = eventCode === 93 || eventCode === 94;
    return {
      id: 700_001 + index,
      eventCode,
      eventLevel,
      eventText,
      eventTime: localTime(at, computer?.hourOffset ?? 0),
      eventTimeUTC: utcTime(at),
      computerName: computer?.name ?? '',
      userAccount: computer?.ownerAccount ?? '',
      userName: '',
      alertAccount: null,
      auditLogURL: null,
      rollback: false,
      additionalData: null,
      application: {
        file: malware ? 'free-converter.exe' : null,
        path: malware ? 'C:\\Users\\Public\\Downloads' : null,
        name: malware ? 'Free Converter' : null,
        vendor: null,
        version: malware ? '0.9' : null,
        sha256: null,
      },
    };
  });
}
