import { testOutage } from './outage-suite.js';

// Longer than any single attempt: 2 s of a local activity, 5 s of a connection, 2 s between polls.
testOutage({ outageMs: 12_000, running: 30 });
