/** The rooms of contracts/src, from the ground up: each may import only those above it in this list. */
export const contractsRooms = [
  [
    ...[
      'backoff.ts',
      'calendar.ts',
      'duration.ts',
      'egress.ts',
      'errors.ts',
      'json.ts',
      'json-object.ts',
      'kinds.ts',
    ],
    ...['limits.ts', 'schedules.ts', 'deliver-events.ts'],
    ...['email.ts', 'maintenance.ts', 'rights.ts', 'storable.ts', 'text.ts', 'trace-header.ts'],
  ],
  ...['issues', 'knowledge', 'fields', 'nodes', 'flow', 'field-errors.ts', 'run'],
  ...['env.ts', 'event-names.ts', 'http', 'try-http.ts', 'sockets.ts', 'index.ts'],
].map((room) => [room].flat());
