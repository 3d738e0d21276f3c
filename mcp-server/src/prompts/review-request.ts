import * as z from 'zod';
import { requestUri } from '../resources/request.ts';
import { requestInput } from '../tools/request-input.ts';
import { structuredOf } from '../tools/tool.ts';
import { definePrompt, rules } from './prompt.ts';

export const reviewRequest = definePrompt({
  name: 'review_request',
  title: 'Review a request',
  description: 'Look at one approval request closely, and say what could be decided and why.',
  args: () => z.strictObject({ request: requestInput }),
  brief: async ({ request }, call) => {
    const { getRequest } = await import('../called.ts');
    // Refuses what is no reference, so that it may stand among our own words.
    const content = structuredOf(await getRequest.handle({ request }, call));
    return { instructions: instructionsOn(request, rules(call.runtime)), data: { uri: requestUri(request), content } };
  },
});

const instructionsOn = (request: string, theRules: string) => `Review the approval request ${request} for me.

${theRules}

1. Say in two or three sentences who asks for what, where, and for what reason as they give it.
2. State every finding, the gravest first, with the fact that it rests on. Say what is not known; unknown is not harmless.
3. Where it matters, look further: get_research, get_history, and for ThreatLocker check_matching_apps and get_permit_options.
4. Say what you would do: deny it, or approve it by the narrowest option that is sufficient. Name that option and whom it reaches, and say what a wider one would add.
5. Ask me what to do, and wait for my answer.`;
