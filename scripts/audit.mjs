// npm run audit: asks the registry for known vulnerabilities of what is shipped. Exit code 1 for
// severe ones; 0 if there are none, or if the registry does not answer that.
import { auditReport, severe } from './supply/audit.mjs';
import { log, run } from './boot/log.mjs';

await run(async () => {
  const report = await auditReport();
  if ('unavailable' in report) {
    log(`Known vulnerabilities: not available (${report.unavailable})`);
    return;
  }
  const found = severe(report);
  for (const { name, severity, titles } of found) log(`✗ ${name}: ${severity}. ${titles}`);
  log(`Known vulnerabilities that are severe: ${found.length}`);
  if (found.length > 0) process.exitCode = 1;
});
