import { fileHash } from '../../random.ts';
import type { Certificate, RequestedFile } from '../model.ts';

/** The same name gives the same hashes in every place and for both vendors. */
export function file(name: string, fullPath: string, more: Partial<RequestedFile> = {}): RequestedFile {
  return {
    fullPath,
    processName: 'c:\\windows\\explorer.exe',
    hash: fileHash('threatlocker', name),
    sha256: fileHash('sha256', name),
    size: 200_000 + Number.parseInt(fileHash('sha256', name).slice(0, 6), 16),
    certs: [],
    installedBy: ['c:\\windows\\explorer.exe'],
    policyName: 'Default Deny',
    deviceType: 'execute',
    serialNumber: '',
    encryptionStatus: 0,
    manufacturer: '',
    destinationIP: null,
    domainName: '',
    remotePresence: false,
    monitorOnly: false,
    ...more,
  };
}

export function signedBy(subject: string, validCert = true): Certificate[] {
  return [{ sha: fileHash('sha256', `certificate/${subject}`), subject, validCert }];
}
