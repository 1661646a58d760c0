import type { WebhookDeployment } from '@crmflow/contracts';
import { CopyField } from '../../ui/field/copy-field.js';
import { Notice } from '../../ui/notice.js';
import type { SectionProps } from '../sections/section-props.js';
import { texts } from '../share-texts.js';
import { curlExample } from './curl-example.js';

/** How a service is connected: where it sends to, and a line to try it with. */
export function SetupSection({ deployment }: SectionProps<WebhookDeployment>) {
  const words = texts.webhook;
  const { url, settings } = deployment;
  return (
    <>
      {settings.auth.kind === 'none' && <Notice kind="info">{words.open}</Notice>}
      <section class="share-part" aria-labelledby="address-title">
        <h2 id="address-title">{words.address}</h2>
        <p class="muted">{words.addressText}</p>
        <CopyField label={words.addressLabel} value={url} isCode />
      </section>
      <section class="share-part" aria-labelledby="try-title">
        <h2 id="try-title">{words.try}</h2>
        <p class="muted">{words.tryText}</p>
        <CopyField
          label={words.tryLabel}
          value={curlExample(deployment, words.secretPlace)}
          isCode
        />
      </section>
    </>
  );
}
