import type { WebhookDeployment } from '@crmflow/contracts';
import { CopyField } from '../../ui/field/copy-field.js';
import type { SectionProps } from '../sections/section-props.js';
import { texts } from '../share-texts.js';

/** How a service is connected: where it sends to. */
export function SetupSection({ deployment: { url } }: SectionProps<WebhookDeployment>) {
  const words = texts.webhook;
  return (
    <section class="share-part" aria-labelledby="address-title">
      <h2 id="address-title">{words.address}</h2>
      <p class="muted">{words.addressText}</p>
      <CopyField label={words.addressLabel} value={url} isCode />
    </section>
  );
}
