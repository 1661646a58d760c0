import { testLongRun } from './long-suite.js';

testLongRun(1_008);
