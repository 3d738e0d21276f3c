import { validSigner } from '../../approval/index.ts';
import type { Rules } from '../observation.ts';
import { isWithoutFile } from './scan.ts';

/** Before so many approvals every signer is new, which tells nobody anything. */
const TELLING = 10;

export const signature: Rules = ({ subject: { certificates }, kind }, { approvedFrom }) => {
  if (certificates === null || isWithoutFile(kind)) return [];
  const [first] = certificates;
  if (!first) return [{ id: 'unsigned', fact: 'no certificate', message: 'The file is not signed.' }];
  const broken = certificates.find(({ valid, digestMismatch }) => valid === false || digestMismatch === true);
  const signer = validSigner(certificates);
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
      approvedFrom !== undefined &&
      approvedFrom.ofAll >= TELLING &&
      approvedFrom.ofSigner === 0 && {
        id: 'new-signer',
        fact: signer,
        message: `None of the ${approvedFrom.ofAll} signed files that were approved from here is by this signer.`,
      },
  ];
};
