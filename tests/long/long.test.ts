import { testLongRun } from './long-suite.js';

testLongRun(800);
