import { useSignal } from '@preact/signals';
import { may } from '../../session/workspace.js';
import { AreaField } from '../../ui/field/area-field.js';
import { CopyField } from '../../ui/field/copy-field.js';
import { textOf } from '../../ui/format/text-of.js';
import { Notice } from '../../ui/notice.js';
import { SectionForm } from '../../ui/section-form.js';
import { Tabs } from '../../ui/tabs/tabs.js';
import { cspLine, embedCode, type EmbedMode, embedModes } from '../embed-code.js';
import { QrSection } from '../qr-section.js';
import { texts } from '../share-texts.js';
import type { SectionProps } from './section-props.js';

/** The entries of a field that takes one on each line; commas part them as well. */
const entriesOf = (text: string) => text.split(/[\s,]+/).filter((entry) => entry !== '');

function Embed({ deployment }: Pick<SectionProps, 'deployment'>) {
  const words = texts.embed;
  const mode = useSignal<EmbedMode>('bubble');
  const hasSites = deployment.settings.domains.length > 0;
  return (
    <section class="share-part" aria-labelledby="embed-title">
      <h2 id="embed-title">{words.title}</h2>
      <p class="muted">{words.text}</p>
      {!hasSites && <Notice kind="info">{texts.domains.missing}</Notice>}
      <div class="share-modes">
        <Tabs<EmbedMode>
          label={words.mode}
          tabs={embedModes.map((id) => ({ id, label: words.modes[id] }))}
          current={mode.value}
          onChange={(next) => (mode.value = next)}
        />
      </div>
      <div class="share-part" role="tabpanel" aria-label={words.modes[mode.value]}>
        <CopyField
          label={words.code}
          value={embedCode(deployment, mode.value)}
          hint={words.hints[mode.value]}
          isCode
        />
      </div>
      <CopyField label={words.csp} value={cspLine(deployment)} hint={words.cspHint} isCode />
    </section>
  );
}

/** How a chat page gets to its customers: by its link, or on a site. */
export function InstallSection({ deployment, change }: SectionProps) {
  const { url, settings } = deployment;
  return (
    <>
      <section class="share-part" aria-labelledby="link-title">
        <h2 id="link-title">{texts.link.title}</h2>
        <p class="muted">{texts.link.text}</p>
        <CopyField label={texts.link.label} value={url} />
      </section>
      <QrSection deployment={deployment} />
      <Embed deployment={deployment} />
      {may('deployment.change') && (
        <section class="share-part" aria-labelledby="domains-title">
          <h2 id="domains-title">{texts.domains.title}</h2>
          <SectionForm
            submit={texts.save}
            done={texts.saved}
            onSubmit={(data) =>
              change({ settings: { domains: entriesOf(textOf(data, 'domains')) } })
            }
          >
            {({ domains }) => (
              <AreaField
                key={settings.domains.join()}
                name="domains"
                label={texts.domains.label}
                rows={3}
                hint={texts.domains.hint}
                defaultValue={settings.domains.join('\n')}
                fault={domains}
              />
            )}
          </SectionForm>
        </section>
      )}
    </>
  );
}
