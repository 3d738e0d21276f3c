import { isJsonContentType, readRequestBody } from '@modelcontextprotocol/server';
import { INVALID_REQUEST, PARSE_ERROR, refusal } from './refusal.ts';

const MAX_BYTES = 1_048_576;
/** Far more than a hundred requests with all their options need. */
const MAX_ELEMENTS = 20_000;
const MAX_DEPTH = 64;
/** Revisions since 2025-06-18 know no batches at all. */
const MAX_BATCH = 20;

/** The JSON that a request carries: one message, or a batch. */
export async function readMessage(request: Request): Promise<{ readonly message: unknown } | Response> {
  if (!isJsonContentType(request.headers.get('content-type'))) {
    return refusal(415, 'The Content-Type must be application/json.');
  }
  const body = await readRequestBody(request, MAX_BYTES);
  if (body.tooLarge) {
    return refusal(413, `The body is larger than ${MAX_BYTES} bytes; send less at once.`, {
      headers: { connection: 'close' },
    });
  }
  if (isTooElaborate(body.text)) {
    return refusal(
      413,
      `The JSON has more than ${MAX_ELEMENTS} elements or is nested deeper than ${MAX_DEPTH}; send less at once.`,
      { code: INVALID_REQUEST },
    );
  }
  const message = parsed(body.text);
  if (message === undefined) return refusal(400, 'The body is not JSON.', { code: PARSE_ERROR });
  if (Array.isArray(message) && (message.length === 0 || message.length > MAX_BATCH)) {
    return refusal(400, `A batch holds 1 to ${MAX_BATCH} messages.`, { code: INVALID_REQUEST });
  }
  return { message };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Counted in the text, since parsing it is what costs. */
function isTooElaborate(text: string): boolean {
  let elements = 0;
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (isInString) {
      if (character === '\\') at += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === ',') elements += 1;
    else if (character === '{' || character === '[') {
      elements += 1;
      depth += 1;
    } else if (character === '}' || character === ']') depth -= 1;
    if (elements > MAX_ELEMENTS || depth > MAX_DEPTH) return true;
  }
  return false;
}
