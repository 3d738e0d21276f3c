import { PROVIDER_NAMES } from '@countersign/shared/approval';
import type { VendorError } from '@countersign/shared/http';
import type { LedgerError } from '@countersign/shared/ledger';
import type { Provider } from '@countersign/shared/provider';
import {
  readEarlierDecisions,
  readSources,
  requestFindings,
  requestsIn,
  sameFileElsewhere,
  withScan,
} from '@countersign/shared/queue';
import { applicationOf, permitOptionsOf, researchOf, withNarrowing } from '../present/application.ts';
import { earlierDecisionsOf } from '../present/earlier-decisions.ts';
import { historyOf } from '../present/history.ts';
import { detailOf } from '../present/request.ts';
import { sourceWarnings } from '../present/source.ts';
import type { Runtime } from '../runtime.ts';
import { type ExitCode, FAILED, SHOWN } from './exit-code.ts';
import { wrapped } from './layout.ts';
import { type Located, locate } from './locate.ts';
import { type Output, painted, write } from './output.ts';
import { whileWorking } from './progress.ts';
import { UsageError } from './usage-error.ts';
import { matchingLines, optionLines } from './view/applications.ts';
import { ownDecisionLines, vendorDecisionLines } from './view/earlier-decisions.ts';
import { historyLines } from './view/history.ts';
import { requestLines } from './view/request.ts';
import { researchLines } from './view/research.ts';
import { isNotAsked, type Reading, reading, section } from './view/section.ts';

const HISTORY_DAYS = 30;
const HISTORIES = ['file', 'computer', 'user'] as const;

/** Everything that can be known of one request. What fails beside the request itself is said in its place. */
export async function show(
  reference: string,
  options: { readonly json?: boolean; readonly search?: string },
  runtime: Runtime,
  output: Output,
): Promise<ExitCode> {
  const { book, now, close } = runtime;
  try {
    const located = await locate(book, reference);
    const { search } = options;
    if (search !== undefined && !located.provider.capabilities.permitOptions) {
      throw new UsageError(
        `${PROVIDER_NAMES[located.account.provider]} has no applications to search: a request is approved or denied as it is. Leave --search out.`,
      );
    }
    const page = await whileWorking(output, 'Reading the request', readPage(located, search, runtime));
    if (options.json) output.out(JSON.stringify(asJson(page), null, 2));
    else write(output, asText(page, output, now()));
    return page.sourcesAreWhole && failures(page).length === 0 ? SHOWN : FAILED;
  } finally {
    close();
  }
}

type Page = Awaited<ReturnType<typeof readPage>>;

async function readPage(
  { account, provider, id, entries, settings }: Located,
  search: string | undefined,
  runtime: Runtime,
) {
  const { request } = await provider.get(id);
  const [sources, matching, research, options, history, found] = await Promise.all([
    readSources(entries, runtime.now, { snapshots: runtime.snapshots() }),
    provider.capabilities.permitOptions ? reading(provider.matchingApplications(id)) : null,
    reading(provider.research(id)),
    provider.capabilities.permitOptions && request.unapprovable === null
      ? reading(provider.permitOptions(id, search))
      : null,
    readHistory(provider, id),
    readEarlierDecisions(runtime.ledger, provider, request),
  ]);
  const earlier = earlierDecisionsOf(found, Number.POSITIVE_INFINITY);
  const known = 'value' in research ? research.value : null;
  return {
    sandbox: account.sandbox,
    isSearched: search !== undefined,
    detail: detailOf(withScan(request, known), {
      contactDetails: true,
      sameFileElsewhere: sameFileElsewhere(request, requestsIn(sources)),
      findings: requestFindings(request, {
        settings,
        now: runtime.now(),
        queue: requestsIn(sources),
        earlier: found,
        research: known,
        matching: matching && 'value' in matching ? matching.value : null,
      }),
    }),
    sourcesAreWhole: sources.every(({ state }) => state === 'ready'),
    notes: sourceWarnings(sources, runtime.now()).map((warning) => `Looking for the same file elsewhere: ${warning}`),
    matching: matching && mapped(matching, (found) => found.map(applicationOf)),
    known,
    research: mapped(research, researchOf),
    options: options && mapped(options, (found) => permitOptionsOf(found, request.organization.id)),
    history,
    earlier,
    ours: part(found.ours, ({ notes }) => ({ ours: earlier.ours, notes })),
    vendors: part(found.vendor, () => earlier.vendor),
  };
}

async function readHistory(provider: Provider, id: Located['id']) {
  return await Promise.all(
    HISTORIES.map(async (of) => ({
      of,
      part: mapped(await reading(provider.history(id, of, HISTORY_DAYS)), historyOf),
    })),
  );
}

function mapped<T, U>(part: Reading<T>, map: (value: T) => U): Reading<U> {
  return 'error' in part ? part : { value: map(part.value) };
}

function part<T, U>(read: T | VendorError | LedgerError, view: (value: T) => U): Reading<U> {
  return read instanceof Error ? { error: read } : { value: view(read) };
}

function parts({
  matching,
  research,
  known,
  options,
  history,
  ours,
  vendors,
}: Page): readonly (readonly [string, Reading<unknown>])[] {
  return [
    ...(matching ? [['matchingApplications', matching] as const] : []),
    ['research', known?.unread ? { error: known.unread } : research],
    ...(options ? [['permitOptions', options] as const] : []),
    ...history.map(({ of, part }) => [`history.${of}`, part] as const),
    ['earlierDecisions.ours', ours],
    ['earlierDecisions.vendor', vendors],
  ];
}

function failures(page: Page): readonly { readonly part: string; readonly error: VendorError | LedgerError }[] {
  return parts(page).flatMap(([part, read]) =>
    'error' in read && !isNotAsked(read.error) ? [{ part, error: read.error }] : [],
  );
}

function asJson(page: Page) {
  const valueIn = <T>(part: Reading<T> | null) => (part && 'value' in part ? part.value : null);
  return {
    ...page.detail,
    matchingApplications: valueIn(page.matching),
    research: valueIn(page.research),
    permitOptions: valueIn(page.options && mapped(page.options, (found) => withNarrowing(found, '--search'))),
    history: Object.fromEntries(page.history.map(({ of, part }) => [of, valueIn(part)])),
    earlierDecisions: page.earlier,
    notes: page.notes,
    errors: failures(page).map(({ part, error: { kind, message } }) => ({ part, kind, message })),
  };
}

function asText(page: Page, output: Output, now: number): readonly string[] {
  const { detail, matching, research, options, history, ours, vendors, notes } = page;
  const elsewhere = detail.sameFileElsewhere.length === 0 ? ['Nowhere that is known of.'] : detail.sameFileElsewhere;
  return [
    ...(page.sandbox ? [painted(output, 'yellow', 'SANDBOX: nothing here is real.'), ''] : []),
    ...requestLines(output, detail, now),
    ...(matching ? section(output, 'Matching applications', matching, (found) => matchingLines(output, found)) : []),
    ...section(output, 'Research', research, (found) => researchLines(output, found)),
    ...(options
      ? section(output, 'How it could be approved', options, (found) => optionLines(output, found, page.isSearched))
      : []),
    ...section(output, 'The same file is also asked for in', { value: [...elsewhere, ...notes] }, (lines) =>
      lines.flatMap((line) => wrapped(output, line, '  ')),
    ),
    ...section(output, 'Decided before on the same file, from here', ours, (found) => ownDecisionLines(output, found)),
    ...section(output, "Decided before on the same file, by the vendor's record", vendors, (found) =>
      found === null ? [] : vendorDecisionLines(output, found),
    ),
    ...history.flatMap(({ of, part }) =>
      section(output, `The ${of}'s last ${HISTORY_DAYS} days`, part, (found) => historyLines(output, found)),
    ),
  ];
}
