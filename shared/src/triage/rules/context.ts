import type { Rules } from '../observation.ts';

/** What is known from elsewhere. */
export const context: Rules = (_request, { matching, protectedAccess, sameFileElsewhere = 0, earlier }) => {
  const builtIn = matching?.find((application) => application.builtIn);
  const names = [...new Set(matching?.map((application) => application.name.toLowerCase()) ?? [])];
  const [last] = earlier ?? [];
  return [
    builtIn !== undefined && {
      id: 'forces-organization-scope',
      fact: builtIn.name,
      message:
        'It belongs to an application that the vendor keeps; permitting that permits all of it, for a whole organization.',
    },
    names.length > 1 && {
      id: 'unrelated-matches',
      fact: matching?.map((application) => application.name).join(', ') ?? '',
      message: `It belongs to ${names.length} applications, so the match does not tell which one is wanted.`,
    },
    protectedAccess !== undefined &&
      protectedAccess.length > 0 && {
        id: 'protected-access',
        fact: protectedAccess.join(', '),
        message:
          "The vendor's research marks access of this application as worth protecting, and an approval from here carries no ringfencing.",
      },
    sameFileElsewhere > 0 && {
      id: 'same-file-elsewhere',
      fact: String(sameFileElsewhere),
      message: `${sameFileElsewhere === 1 ? 'Another request asks' : `${sameFileElsewhere} other requests ask`} for the same file.`,
    },
    last !== undefined && {
      id: 'decided-before',
      fact: [last.verdict, last.at, last.by].filter(Boolean).join(', '),
      message: `${last.isSameContent ? 'The same file' : 'A file that is told by its path and publisher alone, so that its content may differ,'} was ${last.verdict} before${(earlier?.length ?? 0) > 1 ? `, and decided ${earlier?.length} times in all` : ''}.`,
    },
  ];
};
