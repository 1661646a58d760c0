import { spawn } from 'node:child_process';
import { npm } from '../boot/install.mjs';
import { root } from '../boot/paths.mjs';

/** A package with known vulnerabilities, as npm reports it; `via`: what they are, or by which package. */
/** @typedef {{ name: string, severity: string, via: (string | { title: string, url: string })[] }} Vulnerable */
/** @typedef {{ vulnerabilities: Record<string, Vulnerable> } | { unavailable: string }} AuditReport */

const limitMs = 60_000;

/**
 * The known vulnerabilities of what is shipped, by `npm audit` on package-lock.json; `unavailable`
 * says why the registry did not tell.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<AuditReport>}
 */
export function auditReport(env = process.env) {
  const { command, before } = npm();
  const args = [...before, 'audit', '--json', '--omit=dev', '--package-lock-only'];
  return new Promise((resolve) => {
    const child = spawn(command, [...args, '--fetch-retries=0'], {
      ...{ cwd: root, env, timeout: limitMs },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => (output += chunk));
    child.on('error', ({ message }) => resolve({ unavailable: message }));
    child.on('close', (code, signal) => resolve(readReport(output, signal ?? `exit code ${code}`)));
  });
}

/** @returns {AuditReport} */
function readReport(/** @type {string} */ output, /** @type {string} */ how) {
  try {
    const report = JSON.parse(output);
    if (report.vulnerabilities) return report;
    return { unavailable: report.message ?? report.error?.summary ?? how };
  } catch {
    return { unavailable: `npm audit: ${how}` };
  }
}

/**
 * The packages whose vulnerabilities are high or critical.
 * @param {{ vulnerabilities: Record<string, Vulnerable> }} report
 */
export const severe = ({ vulnerabilities }) =>
  Object.values(vulnerabilities)
    .filter(({ severity }) => severity === 'high' || severity === 'critical')
    .map(({ name, severity, via }) => ({
      name,
      severity,
      titles: via
        .map((one) => (typeof one === 'string' ? `by ${one}` : `${one.title} ${one.url}`))
        .join('; '),
    }));
