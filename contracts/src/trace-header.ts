/** The header in which Temporal carries the trace that a request belongs to, as its own SDKs name it. */
export const traceHeader = '_tracer-data';
