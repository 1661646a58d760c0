import { testCrashes } from './crash-suite.js';

testCrashes({ seed: 20261122, conversations: 10, turns: 4, killsOfEach: 2 });
