import type { Deployment } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { deleteDeployment } from '../../api/deployments.js';
import { listVersions } from '../../api/versions.js';
import { DangerZone } from '../../ui/danger-zone.js';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog.js';
import { Field } from '../../ui/field/field.js';
import { SelectField } from '../../ui/field/select-field.js';
import { textOf } from '../../ui/format/text-of.js';
import { SectionForm } from '../../ui/section-form.js';
import { toast } from '../../ui/toast/toast.js';
import { texts } from '../share-texts.js';
import type { SectionProps } from './section-props.js';

/** The numbers of the versions that can be chosen, with the one that is chosen. */
function useVersions({ workflowId, version }: Deployment): readonly number[] {
  const numbers = useSignal<readonly number[]>([]);
  useEffect(() => {
    listVersions(workflowId, null).then(
      ({ items }) => (numbers.value = items.map(({ number }) => number)),
      // One can still choose the latest.
      () => undefined,
    );
  }, [workflowId]);
  const chosen = version === 'latest' ? [] : [version];
  return [...new Set([...chosen, ...numbers.value])].sort((a, b) => b - a);
}

function Delete({ deployment: { id, kind, name, workflowId } }: { deployment: Deployment }) {
  const words = { ...texts.general, ...texts.general.of[kind] };
  const { route } = useLocation();
  return (
    <DangerZone title={words.deleteTitle} text={words.deleteText} open={words.delete}>
      {(close) => (
        <ConfirmDialog
          title={words.deleteTitle}
          text={words.deleteText}
          confirm={words.deleteConfirm}
          onConfirm={async () => {
            await deleteDeployment(id);
            toast(words.deleted(name));
            route(`/flows/${workflowId}/share`);
          }}
          onClose={close}
        />
      )}
    </DangerZone>
  );
}

/** What a deployment is called, where it is, what it runs, and the way to be rid of it. */
export function GeneralSection({ deployment, change }: SectionProps<Deployment>) {
  const { kind } = deployment;
  const words = { ...texts.general, ...texts.general.of[kind] };
  const { name, slug, version, url } = deployment;
  const versions = useVersions(deployment);
  return (
    <>
      <SectionForm
        submit={texts.save}
        done={texts.saved}
        onSubmit={(data) => {
          const chosen = textOf(data, 'version');
          return change({
            name: textOf(data, 'name'),
            ...(kind !== 'schedule' && { slug: textOf(data, 'slug').trim() }),
            version: chosen === 'latest' ? chosen : Number(chosen),
          });
        }}
      >
        {(faults) => (
          <>
            <Field
              name="name"
              label={words.name}
              hint={words.nameHint}
              autocomplete="off"
              defaultValue={name}
              fault={faults['name']}
            />
            <SelectField
              key={versions.join()}
              name="version"
              label={words.version}
              hint={words.versionHint}
              options={[
                { value: 'latest', label: texts.latest },
                ...versions.map((one) => ({ value: String(one), label: texts.number(one) })),
              ]}
              defaultValue={String(version)}
              fault={faults['version']}
            />
            {/* Nobody goes to a schedule by its address. */}
            {kind !== 'schedule' && (
              <Field
                name="slug"
                label={words.slug}
                hint={words.slugHint}
                autocomplete="off"
                prefix={url.slice(0, url.length - slug.length)}
                defaultValue={slug}
                fault={faults['slug']}
              />
            )}
          </>
        )}
      </SectionForm>
      <Delete deployment={deployment} />
    </>
  );
}
