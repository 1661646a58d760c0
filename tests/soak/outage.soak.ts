import { testOutage } from '../outage/outage-suite.js';

testOutage({ outageMs: 30_000, running: 60 });
