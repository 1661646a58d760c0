import { testDeliveries } from './deliveries-suite.js';

testDeliveries({ deliveries: 100, keys: 20, killsOfEach: 1, seed: 20 });
