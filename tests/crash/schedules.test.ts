import { testSchedules } from './schedules-suite.js';

// Each part once.
testSchedules({ kills: 3, apartSeconds: 3 });
