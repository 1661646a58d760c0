import { createLogOutput } from '@crmflow/db';
import { type DestinationStream, type Logger, pino } from 'pino';

const secrets = [
  'authorization',
  'cookie',
  'password',
  'passwordHash',
  'token',
  'key',
  'apiKey',
  'secret',
  'ciphertext',
  'connectionString',
];
const headers = ['["set-cookie"]', '["x-api-key"]'];

const paths = ['', '*.', '*.*.', '*.*.*.'].flatMap((prefix) => [
  ...secrets.map((name) => prefix + name),
  ...headers.map((name) => prefix.replace(/\.$/, '') + name),
]);

/** The log of a process: one JSON line per event on standard output, secrets blacked out by name. */
export function createLogger(
  level: string,
  destination: DestinationStream = createLogOutput('api'),
): Logger {
  const options = {
    level,
    name: 'api',
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths, censor: '[redacted]' },
  };
  return pino(options, destination);
}
