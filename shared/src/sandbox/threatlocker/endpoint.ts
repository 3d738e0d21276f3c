import { parseJson } from '../json.ts';
import type { RecordedCall } from '../record.ts';
import { Refusal } from '../reply.ts';
import type { Outcome } from '../simulation.ts';
import { type Binding, bind, type Shape } from './binding.ts';
import { opaque } from './refusals.ts';
import type { ThreatLockerState } from './state.ts';
import type { Caller } from './tenancy.ts';

/** An authenticated call to one endpoint. */
export interface EndpointCall {
  readonly state: ThreatLockerState;
  readonly caller: Caller;
  readonly call: RecordedCall;
}

export type Endpoint = (call: EndpointCall) => Outcome;

/** The body as JSON; ASP.NET Core refuses another content type with 415 and text that is no JSON with 400. */
export function jsonBody(call: RecordedCall): unknown {
  if (!/^application\/(?:[\w.-]+\+)?json\b/i.test(call.headers['content-type'] ?? '')) {
    throw new Refusal({ status: 415, headers: {}, body: '' }, 'the content type is not JSON');
  }
  const json = parseJson(call.body);
  if (json === undefined) throw new Refusal({ status: 400, headers: {}, body: '' }, 'the body is not JSON');
  return json;
}

export function boundBody<const T extends Shape>(call: RecordedCall, shape: T): Binding<T> {
  return bind(shape, jsonBody(call));
}

/** A query parameter whatever its case. */
export function queryParameter(call: RecordedCall, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return Object.entries(call.query).find(([key]) => key.toLowerCase() === wanted)?.[1];
}

export function positive(value: number | null, standard: number, name: string): number {
  if (value === null) return standard;
  if (!Number.isInteger(value) || value < 1) throw opaque(`${name} is no positive integer`);
  return value;
}
