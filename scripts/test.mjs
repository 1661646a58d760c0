// npm test [-- <project>] [-- <vitest arguments>]: installs, builds and runs the tests.
import { build } from './boot/build.mjs';
import { findChromium } from './boot/chromium.mjs';
import { install } from './boot/install.mjs';
import { runTests } from './boot/run-tests.mjs';
import { run } from './boot/log.mjs';
import { findSchemathesis } from './boot/schemathesis.mjs';

const all = ['unit', 'integration', 'journeys', 'installations'];

await run(async () => {
  await install();
  await build();
  const [first = '', ...rest] = process.argv.slice(2);
  const isProject = all.includes(first);
  const projects = isProject ? [first] : all;
  if (projects.includes('journeys')) process.env.CRMFLOW_CHROMIUM = await findChromium();
  // The manifests for Kubernetes are checked by a program that is installed with it.
  if (projects.includes('journeys') || projects.includes('installations')) {
    process.env.CRMFLOW_SCHEMATHESIS = await findSchemathesis();
  }
  await runTests(projects, isProject ? rest : process.argv.slice(2));
});
