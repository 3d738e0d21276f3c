import type { ApproveOptions, RequestReference } from '@countersign/shared/approval';
import type { DecisionResult } from '@countersign/shared/decide';
import { readEarlierDecisions, readSources, requestFindings, requestsIn, withScan } from '@countersign/shared/queue';
import { SANDBOX_THREATLOCKER_ID, type Sandbox, startSandbox } from '@countersign/shared/sandbox';
import { cleanLine } from '@countersign/shared/text';
import { applicationOf, researchOf } from '../present/application.ts';
import { detailOf } from '../present/request.ts';
import type { Runtime } from '../runtime.ts';
import { choose } from './choose.ts';
import { countersign } from './countersign.ts';
import { type ExitCode, exitCodeOf, SHOWN, UNCLEAR } from './exit-code.ts';
import { wrapped } from './layout.ts';
import { queueLines } from './list.ts';
import { locate } from './locate.ts';
import { type Output, painted, write } from './output.ts';
import type { Prompt } from './prompt.ts';
import { sandboxRuntime } from './sandbox-runtime.ts';
import type { Surroundings } from './surroundings.ts';
import { matchingLines } from './view/applications.ts';
import { recordLines } from './view/record.ts';
import { requestLines } from './view/request.ts';
import { researchLines } from './view/research.ts';
import { reading, section } from './view/section.ts';

/** An installer of a well-known vendor: it matches an application, on which there is research. */
const REVIEWED = 'acrobat-install';
const NOTHING = 'Nothing was approved.';

/** The main job from end to end against a sandbox: the queue, one request, and a person's approval. */
export async function demo({ output, isInteractive, openPrompt }: Surroundings): Promise<ExitCode> {
  const sandbox = await startSandbox();
  const runtime = sandboxRuntime(sandbox);
  const prompt = isInteractive ? openPrompt() : null;
  try {
    return await walkThrough(sandbox, runtime, output, prompt);
  } finally {
    prompt?.close();
    runtime.close();
    await sandbox.close();
  }
}

async function walkThrough(
  sandbox: Sandbox,
  runtime: Runtime,
  output: Output,
  prompt: Prompt | null,
): Promise<ExitCode> {
  const heading = (text: string) => write(output, ['', painted(output, 'bold', text), '']);

  write(
    output,
    wrapped(
      output,
      'Countersign, shown with a sandbox: both vendors are simulated on this computer, with made-up people and files. No account is needed, and nothing leaves this computer.',
    ),
  );
  heading('1. WHAT WAITS');
  const { entries, settings } = await runtime.book.now();
  const sources = await readSources(entries, runtime.now);
  const findings = runtime.triage.findings(requestsIn(sources), { now: runtime.now(), settings });
  write(
    output,
    queueLines(
      { sort: 'oldest', limit: Number.POSITIVE_INFINITY },
      entries,
      { sources, findings, settings, now: runtime.now() },
      output,
    ),
  );

  const reference = `${SANDBOX_THREATLOCKER_ID}/${sandbox.id(REVIEWED)}` as RequestReference;
  heading('2. ONE REQUEST, AND WHAT IS KNOWN OF IT');
  write(output, await reviewLines(runtime, reference, output));

  heading('3. APPROVE IT?');
  const result = await approve(runtime, reference, output, prompt);
  write(output, ['', ...recordLines(output, sandbox.record)]);
  const code = result === null ? SHOWN : exitCodeOf(result);
  if (result?.status !== 'applied' && code !== UNCLEAR) output.out(NOTHING);
  return code;
}

async function reviewLines(runtime: Runtime, reference: RequestReference, output: Output): Promise<readonly string[]> {
  const { provider, id, settings } = await locate(runtime.book, reference);
  const { request } = await provider.get(id);
  const [research, earlier] = await Promise.all([
    reading(provider.research(id)),
    readEarlierDecisions(runtime.ledger, provider, request),
  ]);
  const known = 'value' in research ? research.value : null;
  const now = runtime.now();
  const detail = detailOf(withScan(request, known), {
    contactDetails: true,
    sameFileElsewhere: [],
    findings: requestFindings(request, { settings, now, queue: [], earlier, research: known }),
  });
  return [
    ...requestLines(output, detail, now),
    ...section(output, 'Matching applications', research, ({ matching }) =>
      matchingLines(output, (matching ?? []).map(applicationOf)),
    ),
    ...section(output, 'Research', research, (found) => researchLines(output, researchOf(found))),
  ];
}

/** How it ended; `null` where no person confirmed it. */
async function approve(
  { decisions }: Runtime,
  reference: RequestReference,
  output: Output,
  prompt: Prompt | null,
): Promise<DecisionResult | null> {
  const plan = (options: ApproveOptions) =>
    decisions.plan({
      requests: [reference],
      decision: { verdict: 'approve', options },
      proposer: { client: 'demo', name: 'countersign demo' },
      mayDecide: () => true,
      route: () => ({ channel: 'terminal', because: null }),
    });
  let planning = await plan({});
  if (!planning.planned && planning.result.choices) {
    const chosen = await choose(planning.result, planning.result.choices, output, prompt);
    if (chosen === null) return null;
    planning = await plan(chosen.options);
  }
  if (!planning.planned) {
    write(output, wrapped(output, cleanLine(planning.result.message, 1000)));
    return planning.result;
  }
  return await countersign(decisions, planning.decision, output, prompt);
}
