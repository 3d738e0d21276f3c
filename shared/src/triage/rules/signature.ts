import type { Rules } from '../observation.ts';
import { isWithoutFile } from './scan.ts';

export const signature: Rules = ({ subject: { certificates }, kind }, { knownSigners }) => {
  if (certificates === null || isWithoutFile(kind)) return [];
  const [first] = certificates;
  if (!first) return [{ id: 'unsigned', fact: 'no certificate', message: 'The file is not signed.' }];
  const broken = certificates.find(({ valid, digestMismatch }) => valid === false || digestMismatch === true);
  const signer = first.subject;
  return [
    broken !== undefined && {
      id: 'certificate-invalid',
      fact: broken.subject ?? 'a certificate without a name',
      message:
        broken.digestMismatch === true
          ? 'The file was changed after it was signed.'
          : 'The signature is not valid, so it says nothing of who made the file.',
    },
    signer !== null &&
      knownSigners !== undefined &&
      !knownSigners.has(signer) && {
        id: 'new-signer',
        fact: signer,
        message: 'Nothing by this signer was approved from here before.',
      },
  ];
};
