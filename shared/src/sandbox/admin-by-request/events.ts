import type { RecordedCall } from '../record.ts';
import { emptyReply, jsonReply } from '../reply.ts';
import type { Outcome } from '../simulation.ts';
import { period } from './audit-log.ts';
import type { EventRow } from './event-row.ts';
import { page, wholeNumber } from './parameters.ts';
import type { AdminByRequestState } from './state.ts';

export function listEvents(
  state: AdminByRequestState,
  call: RecordedCall,
  concerns: (event: EventRow) => boolean = () => true,
): Outcome {
  const code = wholeNumber(call, 'code');
  const [from, to] = period(state, call);
  const found = state.events.filter((event) => {
    const at = Date.parse(`${event.eventTimeUTC}Z`);
    return at >= from && at < to && (code === undefined || event.eventCode === code) && concerns(event);
  });
  return { reply: jsonReply(200, page(call, found, { standard: 50, most: 10_000 })) };
}

export function getEvent(state: AdminByRequestState, id: number): Outcome {
  const event = state.events.find((candidate) => candidate.id === id);
  return { reply: event === undefined ? emptyReply(404) : jsonReply(200, event) };
}
