/** JSON-RPC's own codes; what HTTP itself refuses has the code that the protocol's SDK uses for it. */
export const PARSE_ERROR = -32_700;
export const INVALID_REQUEST = -32_600;
const HTTP_REFUSAL = -32_000;

interface RefusalOptions {
  readonly code?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** @param message a sentence that says what to do, and repeats nothing that was sent */
export function refusal(
  status: number,
  message: string,
  { code = HTTP_REFUSAL, headers }: RefusalOptions = {},
): Response {
  return Response.json(
    { jsonrpc: '2.0', id: null, error: { code, message } },
    { status, headers: { 'cache-control': 'no-store', ...headers } },
  );
}
