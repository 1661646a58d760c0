import { testRaces } from './races-suite.js';

testRaces({ times: 5, claimed: 20 });
