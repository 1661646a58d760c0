import type { WebhookAuthKind } from '@crmflow/contracts/kinds';
import { newSecret } from '../new-secret.js';

/** Whether the secret is ours to make; Stripe and Slack make theirs. */
export const isMadeHere = (
  kind: WebhookAuthKind,
): kind is Exclude<typeof kind, 'stripe' | 'slack'> => kind !== 'stripe' && kind !== 'slack';

/** A secret for a kind: 256 random bits; for Standard Webhooks spelt as that asks for. */
export function newWebhookSecret(kind: WebhookAuthKind): string {
  if (kind !== 'standard') return newSecret();
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return `whsec_${btoa(String.fromCharCode(...bytes))}`;
}
