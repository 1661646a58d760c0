import type { JsonObject } from '@crmflow/contracts';
import { isJsonObject } from '@crmflow/contracts/json-object';
import { useSignal } from '@preact/signals';
import { Tabs } from '../../../ui/tabs/tabs.js';
import { texts } from '../../editor-texts.js';
import { JsonControl } from '../fields/json-control.js';
import { SwitchControl } from '../fields/switch-control.js';
import { FieldIssues } from '../node-issues.js';
import { SchemaFields } from './schema-fields.js';
import { blank, readShape, writeShape } from './shape.js';
import './schema.css';

/** What a schema control takes. */
export type SchemaControlProps = {
  /** What is on where there is a schema. */
  label: string;
  /** By which the check names it. */
  field: string;
  schema: JsonObject | undefined;
  onChange: (schema: JsonObject | undefined) => void;
};

/** A schema of what a model gives: as rows of fields, or as JSON; each shows all of it. */
export function SchemaControl({ label, field, schema, onChange }: SchemaControlProps) {
  const view = useSignal<'fields' | 'json'>('fields');
  if (!schema) {
    return (
      <SwitchControl
        label={label}
        value={false}
        onChange={() => onChange(writeShape(blank('object')))}
      />
    );
  }
  const shape = readShape(schema);
  return (
    <div class="schema">
      <SwitchControl label={label} value onChange={() => onChange(undefined)} />
      <Tabs
        label={texts.schema.views}
        tabs={[
          { id: 'fields', label: texts.schema.fields },
          { id: 'json', label: 'JSON' },
        ]}
        current={view.value}
        onChange={(id) => (view.value = id)}
      />
      <div role="tabpanel" aria-label={texts.schema.views}>
        {view.value === 'json' ? (
          <JsonControl
            label={texts.schema.json}
            field={field}
            value={schema}
            onChange={(next) => isJsonObject(next) && onChange(next)}
          />
        ) : (
          <>
            {shape.kind === 'object' ? (
              <SchemaFields shape={shape} onChange={(next) => onChange(writeShape(next))} />
            ) : (
              <p class="small muted">{texts.schema.onlyJson}</p>
            )}
            <FieldIssues field={field} />
          </>
        )}
      </div>
    </div>
  );
}
