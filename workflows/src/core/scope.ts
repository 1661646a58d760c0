import { type JsonObject, type RunContact, unknownContact } from '@crmflow/contracts';
import type { Meter, RunLocale } from '@crmflow/expressions';
import type { Turn, Visit } from './turn.js';

/**
 * What expressions of a flow can see.
 * @param visit where they stand; without it there are no addresses to give
 */
export function scopeOf(
  turn: Turn,
  visit?: Visit,
): {
  vars: JsonObject;
  input: JsonObject;
  run: JsonObject;
  messages: JsonObject[];
  contact: RunContact;
  meter: Meter;
  locale?: RunLocale;
  callbackUrl?: (name?: string) => string;
} {
  const { program, state, meter } = turn;
  const { locale } = program;
  return {
    vars: state.variables,
    input: program.input,
    run: {
      id: program.runId,
      workflowId: program.workflowId,
      version: program.version,
      startedAt: new Date(program.startedAt).toISOString(),
      ...(locale && { locale: locale.tag, timezone: locale.timezone }),
      ...(state.fault && { error: { ...state.fault } }),
    },
    messages: state.transcript,
    contact: state.contact ?? program.contact ?? unknownContact,
    meter,
    ...(visit && { callbackUrl: (name) => turn.callbackUrl(visit, name) }),
    ...(locale && { locale }),
  };
}
