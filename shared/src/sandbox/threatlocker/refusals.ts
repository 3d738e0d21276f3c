import { jsonReply, Refusal } from '../reply.ts';

/** Seen live against every instance: bad, revoked and foreign tokens look the same. */
export function badToken(): Refusal {
  return new Refusal(jsonReply(440, { message: 'Unauthorized', error: 'TOKEN_REVOKED' }), 'the token is not known');
}

/** A business rule's sentence, for people. */
export function expectationFailed(message: string, why: string = message): Refusal {
  return new Refusal(jsonReply(417, { LoggerId: null, StatusCode: 417, Message: message }), why);
}

export function cannotLoad(why: string): Refusal {
  return expectationFailed('Missing Parameters. Unable to load details.', why); // seen live
}

/** The opaque answer to whatever the vendor did not foresee (seen live); `why` stays inside the sandbox. */
export function opaque(why: string): Refusal {
  return new Refusal(
    jsonReply(500, {
      LoggerId: 'e2c7d0a4-5d5e-4a3b-9a35-5f4f8f2f6d10',
      StatusCode: 500,
      Message: 'A problem occurred with the request (e2c7d0a4). Please contact support.',
    }),
    why,
  );
}

/** JSON of the wrong type (seen live). */
export function notConvertible(path: string, type: string): Refusal {
  const message = `${path}: The JSON value could not be converted to ${type}.`;
  return new Refusal(jsonReply(400, { message }), message);
}

/** Seen live with an empty name. */
export function alreadyActioned(by: string): Refusal {
  const message = `Approval Request already actioned by ${by}`;
  return new Refusal(jsonReply(400, { message }), message);
}
