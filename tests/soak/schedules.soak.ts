import { testSchedules } from '../crash/schedules-suite.js';

testSchedules({ kills: 20, apartSeconds: 15 });
