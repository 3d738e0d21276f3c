import { USER_WRITABLE } from '../data/user-writable.ts';
import type { Rules } from '../observation.ts';
import { placeOf } from '../place.ts';

export const place: Rules = ({ subject: { path }, computer: { os } }, { guardrails }) => {
  if (path === null) return [];
  const key = placeOf(path);
  const isKnown = os === 'windows' || os === 'macos' || os === 'linux';
  const known = USER_WRITABLE.find((folder) => (!isKnown || folder.os === os) && folder.pattern.test(key));
  const own = guardrails.userWritablePaths.find((beginning) => key.startsWith(placeOf(beginning)));
  const where = known?.name ?? (own === undefined ? null : 'a folder that the settings name');
  return [
    where !== null && {
      id: 'user-writable-path',
      fact: path,
      message: `It lies in ${where}, where whoever uses the computer can put and change files.`,
    },
  ];
};
