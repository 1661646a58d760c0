import type { Deployment } from '@crmflow/contracts';
import { texts } from './share-texts.js';

/** The look of the word for how a deployment is. */
export const healthLooks = { live: 'live', paused: '', error: 'bad' } as const;

/** What is to be known of how a deployment is, where that is not all well. */
export function healthWords(deployment: Deployment): string | undefined {
  const { kind, health, version } = deployment;
  if (health.state === 'paused') {
    const because = kind === 'schedule' ? deployment.pausedBecause : null;
    return because === null ? texts.pausedHints[kind] : texts.schedule.pausedBecause[because];
  }
  if (health.state === 'live') return undefined;
  return version === 'latest' ? texts.noVersion : texts.missingVersion(version);
}
