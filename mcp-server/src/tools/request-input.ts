import * as z from 'zod';

export const requestInput = z.string().max(100).describe('"<account>/<id>", from list_pending.');
