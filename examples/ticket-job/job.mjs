// Files a ticket for each request that waits, and carries back what people decided on tickets. Run it on a schedule, one at a
// time; it may end anywhere, since whatever was not finished is done by the next run:
//
//   - each request has one ticket, found by the request's reference;
//   - what "countersign pull" prints is acknowledged once its tickets are filed, and printed again until then;
//   - a decision is carried back until the ticket says that it was, and sent to the vendor once, however often it is carried;
//   - where the vendor wants several approvers, the ticket "waits" after each, until the next one decides on it;
//   - a ticket is closed when the vendor says that its request was decided, has expired or is gone, and opened again when it
//     waits again.
//
// Usage: TICKETS_URL=… TICKETS_TOKEN=… JOB_STATE=FILE node job.mjs     (COUNTERSIGN, where the command has another name)
import { spawn } from 'node:child_process';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';

const { TICKETS_URL, TICKETS_TOKEN, JOB_STATE, COUNTERSIGN = 'countersign' } = process.env;
if (!TICKETS_URL || !TICKETS_TOKEN || !JOB_STATE) {
  process.stderr.write('TICKETS_URL, TICKETS_TOKEN and JOB_STATE have to be set.\n');
  process.exit(2);
}

/** Whatever else the vendor says, a request may wait. */
const OVER = ['approved', 'denied', 'expired'];
/** After these there is nothing left to send. What still waits then, waits for another approver. All else is tried again. */
const SETTLED = ['applied', 'already-handled'];

async function tickets(method, path, body) {
  const response = await fetch(new URL(path, TICKETS_URL), {
    method,
    headers: { authorization: `Bearer ${TICKETS_TOKEN}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok) throw new Error(`The ticket system answered ${method} ${path} with ${response.status}.`);
  return await response.json();
}

let running = null;
let isStopping = false;
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => {
    isStopping = true;
    // It ends the decision that it is at, and says what became of it.
    running?.kill('SIGTERM');
  });
}

/** Starts the command, and hands on each line that it prints. @returns its exit code */
async function countersign(args, input, onLine) {
  // In a group of its own, so that Ctrl-C reaches it once, from here.
  const child = spawn(COUNTERSIGN, args, { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  running = child;
  const ended = new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new Error(`${COUNTERSIGN} could not be started (${error.code}).`)));
    child.once('close', resolve);
  });
  // Told by `ended`.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  try {
    for await (const line of createInterface({ input: child.stdout })) await onLine(JSON.parse(line));
  } catch (error) {
    child.kill();
    await ended.catch(() => undefined);
    throw error;
  }
  return await ended;
}

/** Carries back every decision of one verdict that stands on an open ticket. */
async function carryBack(verdict) {
  const open = await tickets('GET', '/tickets?state=open');
  const decided = open.filter(({ decision, carried }) => decision?.verdict === verdict && !carried);
  if (decided.length === 0) return;
  const lines = decided.map(({ request, number, decision: { by, reason } }) =>
    JSON.stringify({
      request,
      verdict,
      countersignedBy: by,
      ticket: number,
      ...(verdict === 'deny' ? { reason } : {}),
    }),
  );
  const unsettled = new Set(decided.map(({ number }) => number));
  await countersign(
    [verdict, '-'],
    `${lines.join('\n')}\n`,
    async ({ line, status, message, stillWaits, choices = [] }) => {
      const ticket = decided[line - 1];
      const isSettled = SETTLED.includes(status);
      if (isSettled) unsettled.delete(ticket.number);
      const named = choices.map(({ label, reach }) => `\n- ${label}: ${reach.sentence}`).join('');
      const note = `${verdict}, decided by ${ticket.decision.by}: ${status}. ${message}${named}`;
      // The same is told once, however often it is tried.
      const told = ticket.notes.includes(note) ? {} : { note };
      // Not carried where the vendor wants several approvers, so that the next one's decision is.
      const waits = isSettled && stillWaits === true;
      const carried = isSettled && !waits;
      if (carried || told.note) await tickets('PATCH', `/tickets/${ticket.number}`, { ...told, carried, waits });
    },
  );
  if (unsettled.size > 0) throw new Error(`Not carried back, tried again next time: ${[...unsettled].join(', ')}.`);
}

/** Files what came and changed since what the last run acknowledged. */
async function fileTickets() {
  const before = await readFile(JOB_STATE, 'utf8').catch(() => '');
  let filed = before.trim();
  const keep = async () => {
    await writeFile(`${JOB_STATE}.new`, filed);
    await rename(`${JOB_STATE}.new`, JOB_STATE);
  };
  try {
    const code = await countersign(['pull', '--ack', ...(filed ? [filed] : [])], '', async (line) => {
      await file(line);
      filed = String(line.seq);
    });
    if (code !== 0) throw new Error(`"countersign pull" ended with ${code}; what it could not read comes next time.`);
  } finally {
    if (filed !== before.trim()) await keep();
  }
}

async function file(line) {
  const { request, event, status, at } = line;
  const [ticket] = await tickets('GET', `/tickets?request=${encodeURIComponent(request)}`);
  if (event === 'gone' || OVER.includes(status)) {
    if (!ticket || ticket.state === 'closed') return;
    const note =
      event === 'gone' ? 'The vendor has this request no longer.' : `The vendor says: ${status}${byWhom(line)}.`;
    await tickets('PATCH', `/tickets/${ticket.number}`, { state: 'closed', closedAt: at, note });
    return;
  }
  const content = { title: titleOf(line), text: textOf(line) };
  if (!ticket) await tickets('POST', '/tickets', { request, ...content });
  else if (ticket.state === 'closed') {
    // Told again from before it was closed.
    if (ticket.closedAt && at <= ticket.closedAt) return;
    // What was decided before was decided on what is over: it takes a new decision.
    const anew = { state: 'open', decision: null, carried: false, waits: false };
    const note = `It waits again: the vendor says ${status}. No decision that was made before is carried back.`;
    await tickets('PATCH', `/tickets/${ticket.number}`, { ...content, ...anew, note });
  } else if (ticket.title !== content.title || ticket.text !== content.text) {
    await tickets('PATCH', `/tickets/${ticket.number}`, content);
  }
}

function byWhom({ decided }) {
  return decided?.by ? `, by ${decided.by}` : '';
}

// What stands in a ticket was written by requesters: show it as text, never as HTML.

function titleOf({ kind, subject, computer }) {
  return `${subject?.name ?? kind} on ${computer ?? 'an unknown computer'}`;
}

function textOf(line) {
  const { request, status, requester, requesterName, organization, reason, subject, policy, traceNo } = line;
  const { findings, links } = line;
  const who = requesterName ? `${requesterName} (${requester})` : (requester ?? 'Somebody');
  return [
    `${who}${organization ? ` of ${organization}` : ''} asks${reason ? ':' : ' without a reason.'}`,
    // Each of its lines is marked, so that none passes for one of ours.
    ...(reason ? reason.split('\n').map((text) => `> ${text}`) : []),
    `File: ${subject?.path ?? 'not known'} (SHA-256 ${subject?.sha256 ?? 'not known'})`,
    ...(policy ? [`Policy: ${policy}`] : []),
    ...(traceNo ? [`Trace number: ${traceNo}`] : []),
    ...(links ?? []).map(({ label, url }) => `${label}: ${url}`),
    ...(findings ?? []).map(({ severity, message }) => `${severity}: ${message}`),
    `Status: ${status}. countersign show ${request}`,
  ].join('\n');
}

// One step that fails does not keep the others from being taken.
for (const step of [() => carryBack('deny'), () => carryBack('approve'), fileTickets]) {
  if (isStopping) break;
  await step().catch((error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}
