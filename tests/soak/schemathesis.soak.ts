import { testDocument } from '../openapi/schemathesis-suite.js';

testDocument({ phases: 'examples,coverage,fuzzing', examples: 10 });
