import { testDeliveries } from '../crash/deliveries-suite.js';

testDeliveries({ deliveries: 1_000, keys: 200, killsOfEach: 3, seed: 200 });
