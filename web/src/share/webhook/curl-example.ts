import type { WebhookAuth } from '@crmflow/contracts';
import { signedTemplate } from '@crmflow/contracts/kinds';

const body = `{"id":"evt_1","type":"order.paid"}`;

/** Quotes a text for a shell. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

const hex = `-hex | sed 's/.* //'`;
const signedBy = (algorithm: string, text: string, encoding: 'hex' | 'base64') =>
  `SIGNATURE=$(printf %s "${text}" | openssl dgst -${algorithm} -hmac "$SECRET" ${encoding === 'hex' ? hex : '-binary | base64 | tr -d "\\n"'})`;

/** What is worked out before the call, and the headers of the call. */
type Signing = { lines?: string[]; headers?: string[]; options?: string[] };

const time = 'TIME=$(date +%s)';

function signing(auth: WebhookAuth): Signing {
  switch (auth.kind) {
    case 'none':
      return {};
    case 'token':
      return {
        headers: [
          auth.header === 'authorization'
            ? 'Authorization: Bearer $SECRET'
            : `${auth.header}: $SECRET`,
        ],
      };
    case 'basic':
      return { options: [`-u "${auth.username ?? 'name'}:$SECRET"`] };
    case 'standard':
      return {
        lines: [
          'ID=msg_$(date +%s)',
          time,
          `KEY=$(printf %s "\${SECRET#whsec_}" | base64 -d | od -An -v -tx1 | tr -d ' \\n')`,
          'SIGNATURE=$(printf %s "$ID.$TIME.$BODY" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$KEY" -binary | base64 | tr -d "\\n")',
        ],
        headers: [
          'webhook-id: $ID',
          'webhook-timestamp: $TIME',
          'webhook-signature: v1,$SIGNATURE',
        ],
      };
    case 'github':
      return {
        lines: [signedBy('sha256', '$BODY', 'hex')],
        headers: ['X-GitHub-Event: push', 'X-Hub-Signature-256: sha256=$SIGNATURE'],
      };
    case 'stripe':
      return {
        lines: [time, signedBy('sha256', '$TIME.$BODY', 'hex')],
        headers: ['Stripe-Signature: t=$TIME,v1=$SIGNATURE'],
      };
    case 'slack':
      return {
        lines: [time, signedBy('sha256', 'v0:$TIME:$BODY', 'hex')],
        headers: ['X-Slack-Request-Timestamp: $TIME', 'X-Slack-Signature: v0=$SIGNATURE'],
      };
    case 'hmac': {
      const { header, algorithm, encoding, timestampHeader } = auth;
      const text = signedTemplate(auth)
        .replaceAll(/[\\"$`]/g, '\\$&')
        .replace('{timestamp}', () => '$TIME')
        .replace('{body}', () => '$BODY');
      return {
        lines: [
          ...(timestampHeader === undefined ? [] : [time]),
          signedBy(algorithm, text, encoding),
        ],
        headers: [
          ...(timestampHeader === undefined ? [] : [`${timestampHeader}: $TIME`]),
          `${header}: $SIGNATURE`,
        ],
      };
    }
  }
}

/**
 * A shell script that sends an event as a webhook wants it, signed by `SECRET`.
 * @param secret in place of the secret, which nobody sees again
 */
export function curlExample(
  { url, settings: { auth } }: { url: string; settings: { auth: WebhookAuth } },
  secret: string,
): string {
  const { lines = [], headers = [], options = [] } = signing(auth);
  return [
    ...(auth.kind === 'none' ? [] : [`SECRET=${quoted(secret)}`]),
    `BODY=${quoted(body)}`,
    ...lines,
    [
      `curl ${quoted(url)}`,
      ...options,
      `-H 'Content-Type: application/json'`,
      ...headers.map((header) => `-H "${header}"`),
      `-d "$BODY"`,
    ].join(' \\\n  '),
  ].join('\n');
}
