import { testCrashes } from '../crash/crash-suite.js';
import { testVisitorCrashes } from '../crash/visitors-suite.js';

const seeds = (process.env['CRMFLOW_SOAK_SEEDS'] ?? '1,2,3,4,5,6').split(',').map(Number);

for (const seed of seeds) {
  testCrashes({ seed, conversations: 40, turns: 10, killsOfEach: 10 });
  testVisitorCrashes({ seed, visitors: 40, turns: 6, killsOfEach: 10 });
}
