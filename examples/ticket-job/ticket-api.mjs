// A small ticket system over HTTP, for trying the job: tickets in one JSON file, everything guarded by a token.
//
//   GET   /tickets?state=open&request=acme/65430033   tickets, oldest first; both filters may be left out
//   GET   /tickets/TCK-1001                           one ticket
//   POST  /tickets            { request, title, text }                      a new one; 409 where the request has one
//   PATCH /tickets/TCK-1001   { title, text, state, closedAt, decision, carried, waits, note }  any of them; a note is added
//
// Usage: TICKETS_TOKEN=… node ticket-api.mjs FILE [PORT]
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';

const MAX_BYTES = 65_536;
const VERDICTS = ['approve', 'deny'];
const CHANGEABLE = ['title', 'text', 'state', 'closedAt', 'decision', 'carried', 'waits', 'note'];

const [file, port = '4830'] = process.argv.slice(2);
const token = process.env.TICKETS_TOKEN;
if (!file || !token) {
  process.stderr.write('Usage: TICKETS_TOKEN=… node ticket-api.mjs FILE [PORT]\n');
  process.exit(2);
}

const tickets = load();

function load() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}

/** Whole or not at all: a crash leaves the file as it was. */
function save() {
  writeFileSync(`${file}.new`, JSON.stringify(tickets, null, 2), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

function list(query) {
  return tickets.filter((ticket) => ['state', 'request'].every((by) => !query.has(by) || ticket[by] === query.get(by)));
}

function find(number) {
  const ticket = tickets.find((one) => one.number === number);
  if (!ticket) throw new Refusal(404, `There is no ticket ${number}.`);
  return ticket;
}

function add({ request, title, text }) {
  if (![request, title, text].every((one) => typeof one === 'string')) {
    throw new Refusal(400, 'A ticket needs request, title and text.');
  }
  if (tickets.some((ticket) => ticket.request === request)) throw new Refusal(409, `${request} has a ticket.`);
  const number = `TCK-${1001 + tickets.length}`;
  const ticket = {
    number,
    request,
    title,
    text,
    state: 'open',
    closedAt: null,
    decision: null,
    carried: false,
    waits: false,
    notes: [],
  };
  tickets.push(ticket);
  save();
  return ticket;
}

function change(ticket, { note, ...changes }) {
  const unknown = Object.keys(changes).find((key) => !CHANGEABLE.includes(key));
  if (unknown) throw new Refusal(400, `${unknown} can't be changed.`);
  const { decision } = changes;
  if (decision && !(VERDICTS.includes(decision.verdict) && typeof decision.by === 'string')) {
    throw new Refusal(400, 'A decision needs a verdict (approve or deny) and by whom it was made.');
  }
  Object.assign(ticket, changes);
  if (note) ticket.notes.push(note);
  save();
  return ticket;
}

async function bodyOf(request) {
  let text = '';
  for await (const part of request.setEncoding('utf8')) {
    text += part;
    if (text.length > MAX_BYTES) throw new Refusal(413, 'That is too much.');
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, 'The body is not JSON.');
  }
}

async function answer(request) {
  if (request.headers.authorization !== `Bearer ${token}`) throw new Refusal(401, 'The token is missing or wrong.');
  const { pathname, searchParams } = new URL(request.url, 'http://tickets');
  const [, collection, number, ...rest] = pathname.split('/');
  if (collection !== 'tickets' || rest.length > 0) throw new Refusal(404, 'There is nothing here.');
  switch (`${request.method} ${number ? 'one' : 'all'}`) {
    case 'GET all':
      return [200, list(searchParams)];
    case 'POST all':
      return [201, add(await bodyOf(request))];
    case 'GET one':
      return [200, find(number)];
    case 'PATCH one':
      return [200, change(find(number), await bodyOf(request))];
    default:
      throw new Refusal(405, `${request.method} is not for this.`);
  }
}

const server = createServer(async (request, response) => {
  const [status, body] = await answer(request).catch((error) => [error.status ?? 500, { message: error.message }]);
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body, null, 2)}\n`);
});
server.listen(Number(port), '127.0.0.1', () => {
  process.stdout.write(`Tickets at http://127.0.0.1:${server.address().port}/tickets\n`);
});
