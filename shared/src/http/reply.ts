import { StringDecoder } from 'node:string_decoder';
import type { JsonValue } from '../approval/index.ts';
import { parseExactJson } from './json.ts';
import { VendorError } from './vendor-error.ts';

/** A vendor's answer, read whole. */
export interface VendorReply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export type ReplyBody =
  | { readonly format: 'empty' }
  | { readonly format: 'json'; readonly value: JsonValue }
  | { readonly format: 'html' }
  | { readonly format: 'text' };

/** What the body is, judged by the body itself: vendors and the proxies before them mislabel it. */
export function bodyOf(reply: VendorReply): ReplyBody {
  const text = reply.text.replace(/^\uFEFF/, '').trim();
  if (text === '') return { format: 'empty' };
  if (text.startsWith('<')) return { format: 'html' };
  try {
    return { format: 'json', value: parseExactJson(text) };
  } catch (error) {
    // Nesting beyond the call stack is a RangeError, and as little JSON to us as a syntax error is.
    if (!(error instanceof SyntaxError) && !(error instanceof RangeError)) throw error;
    return { format: 'text' };
  }
}

/** Reads the body up to `maxBytes`; more than that is an error, because half an answer is no answer. */
export async function readReply(response: Response, maxBytes: number): Promise<VendorReply> {
  const tooLarge = () =>
    new VendorError(
      'malformed',
      `The answer is larger than ${Math.round(maxBytes / 1024 / 1024)} MiB and was not read. Narrow the question, or ask for smaller pages.`,
      { status: response.status },
    );
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes) {
    await response.body?.cancel();
    throw tooLarge();
  }
  const decoder = new StringDecoder('utf8');
  let text = '';
  let size = 0;
  if (response.body) {
    for await (const chunk of response.body) {
      size += chunk.byteLength;
      if (size > maxBytes) throw tooLarge();
      text += decoder.write(chunk);
    }
  }
  return { status: response.status, headers: response.headers, text: text + decoder.end() };
}
