/** Seconds that a test file may take by itself. */
export const limitSeconds = 60;

/**
 * The files that may take longer, each with its reason. They start first, so that the others run
 * beside them.
 * @type {Record<string, string>}
 */
export const slowFiles = {
  'tests/crash/schedules.test.ts': 'waits for times to come, without a server too',
  'tests/journeys/knowledge.test.ts':
    'reads PDFs of hundreds of pages, in a process that gives way to all others',
  'tests/openapi/schemathesis.test.ts': 'sends thousands of requests, one after the other',
  'tests/web/axe.test.ts': 'looks at every page in both themes',
};
