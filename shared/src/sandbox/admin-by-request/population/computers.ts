import type { Computer } from '../model.ts';

const WINDOWS = { platform: 'Windows', platformCode: 0, make: 'Lenovo', model: 'ThinkPad T14', hourOffset: 1 };
const MAC = { platform: 'Mac', platformCode: 1, make: 'Apple', model: 'MacBook Air', hourOffset: 1 };
const SERVER = { platform: 'Server', platformCode: 2, make: 'Dell', model: 'PowerEdge R660', hourOffset: 0 };

export const COMPUTERS: readonly Computer[] = [
  { id: 9001, name: 'NW-LT-201', ...WINDOWS, ownerAccount: 'NORTHWIND\\alva.nilsson' },
  { id: 9002, name: 'NW-LT-202', ...WINDOWS, ownerAccount: 'NORTHWIND\\ben.carter' },
  { id: 9003, name: 'NW-LT-203', ...WINDOWS, hourOffset: -5, ownerAccount: 'NORTHWIND\\chiara.romano' },
  { id: 9004, name: 'NW-MAC-07', ...MAC, ownerAccount: 'dev.patel' },
  { id: 9005, name: 'NW-SRV-FILE1', ...SERVER, ownerAccount: 'NORTHWIND\\svc.files' },
];
