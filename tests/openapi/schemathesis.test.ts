import { testDocument } from './schemathesis-suite.js';

testDocument({ phases: 'examples,coverage', examples: 5 });
