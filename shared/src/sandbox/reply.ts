/** What a simulated vendor answers, before any fault has touched it. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function jsonReply(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return jsonTextReply(status, JSON.stringify(value), headers);
}

/** For JSON that has to be written by hand, such as integers beyond 2^53. */
export function jsonTextReply(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body };
}

export function htmlReply(status: number, title: string): Reply {
  const body = `<!DOCTYPE html>\r\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\r\n`;
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

export function emptyReply(status: number, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers, body: '' };
}

/** Ends the handling of a call with an answer that changed nothing. `why` is for tests; no client sees it. */
export class Refusal extends Error {
  readonly reply: Reply;
  readonly why: string;

  constructor(reply: Reply, why: string) {
    super(why);
    this.reply = reply;
    this.why = why;
  }
}
