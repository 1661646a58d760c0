import { testVisitorCrashes } from './visitors-suite.js';

testVisitorCrashes({ seed: 20261130, visitors: 8, turns: 3, killsOfEach: 1 });
