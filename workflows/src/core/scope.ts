import { type JsonObject, type RunContact, unknownContact } from '@crmflow/contracts';
import type { Meter, RunLocale } from '@crmflow/expressions';
import type { Turn } from './turn.js';

/** What expressions of a flow can see. */
export function scopeOf({ program, state, meter }: Turn): {
  vars: JsonObject;
  input: JsonObject;
  run: JsonObject;
  messages: JsonObject[];
  contact: RunContact;
  meter: Meter;
  locale?: RunLocale;
} {
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
    ...(locale && { locale }),
  };
}
