import { testRaces } from '../journeys/races-suite.js';

testRaces({ times: 200, claimed: 200 });
