import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { createTransport } from 'nodemailer';
import { backoffMs } from '@crmflow/contracts';
import type { Config } from '../config/config.js';
import { installationUrl } from './installation-url.js';

/** A mail to one address. */
export type Mail = { to: string; subject: string; text: string; html: string };

/** The one way by which mails leave. */
export type Mailer = {
  /** Sends in the background, and tries again for some minutes; what fails then is logged. */
  send(mail: Mail): void;
  /** Gives up what waits for another try. */
  close(): void;
};

const maxAttempts = 9;
const retry = { firstMs: 1_000, maxMs: 60_000 };
const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

/** `?from=` of SMTP_URL, or nobody of the installation's own host. */
function senderOf(url: URL, config: Parameters<typeof installationUrl>[0]): string {
  const { hostname } = new URL(installationUrl(config));
  return url.searchParams.get('from') ?? `CRMFlow <no-reply@${hostname}>`;
}

/**
 * Mails by SMTP_URL; without it they are printed to the log, links and all, which is how an
 * installation without a mail server is used.
 */
export function createMailer(
  config: Pick<Config, 'smtpUrl' | 'publicUrl' | 'host' | 'port'>,
  logger: Logger,
): Mailer {
  if (config.smtpUrl === undefined) {
    return {
      send: ({ to, subject, text }) =>
        logger.warn(
          { mail: { to, subject, text } },
          'SMTP_URL is not set; the email was not sent, only logged',
        ),
      close: () => {},
    };
  }
  const url = new URL(config.smtpUrl);
  const from = senderOf(url, config);
  url.search = '';
  const transport = createTransport({ url: url.href, ...timeouts });
  const closing = new AbortController();

  async function deliver(mail: Mail): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await transport.sendMail({ from, ...mail });
        return;
      } catch (error) {
        // Neither the address nor the text: the log is not the place for them.
        const refused = (error as { responseCode?: number }).responseCode ?? 0;
        if (attempt === maxAttempts || refused >= 500) {
          logger.error({ err: error, subject: mail.subject }, 'Sending an email failed');
          return;
        }
        const pauseMs = backoffMs(attempt, retry, Math.random());
        logger.warn({ err: error, pauseMs }, 'The mail server did not accept an email; retrying');
        await delay(pauseMs, undefined, { signal: closing.signal, ref: false });
      }
    }
  }
  return {
    send(mail) {
      deliver(mail).catch((error: unknown) =>
        logger.warn(
          { err: error, subject: mail.subject },
          'An email was dropped after all retries failed',
        ),
      );
    },
    close() {
      closing.abort();
      transport.close();
    },
  };
}
