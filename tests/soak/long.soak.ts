import { testLongRun } from '../long/long-suite.js';

testLongRun(2_000);
