import * as z from 'zod';
import { history, historyOf, newest } from '../present/history.ts';
import { historyText } from '../present/history-text.ts';
import { locate } from './locate.ts';
import { requestInput } from './request-input.ts';
import { defineTool } from './tool.ts';

/** More tell a model nothing new. */
const ENTRIES_SHOWN = 40;

export const getHistory = defineTool({
  name: 'get_history',
  title: 'Get what happened before',
  description:
    "Shows what the vendor's logs have on a request's file, computer or user, newest first. Use it to see what is usual there. No entries means nothing on record, not harmless.",
  input: z.strictObject({
    request: requestInput,
    of: z.enum(['file', 'computer', 'user']).default('file').describe('Whose history.'),
    days: z.int().min(1).max(365).default(30).describe('Vendors keep about a month.'),
  }),
  output: z.object({ request: z.string(), of: z.string(), days: z.number(), total: z.number(), ...history.shape }),
  writes: 'nothing',
  handle: async ({ request, of, days }, call) => {
    const { entry, id } = locate(call, request);
    const found = historyOf(await entry.provider.history(id, of, days, call.signal));
    const structured = { request, of, days, total: found.entries.length, ...newest(found, ENTRIES_SHOWN) };
    return { structured, text: historyText(structured) };
  },
});
