import type { DecisionId } from '../approval/index.ts';

/** A decision's id of 16 random bytes. It is pasted behind a command's name, where a hyphen in front would make it an option. */
export function decisionIdOf(bytes: Buffer): DecisionId {
  return bytes.toString('base64url').replace(/^-/, '_') as DecisionId;
}
