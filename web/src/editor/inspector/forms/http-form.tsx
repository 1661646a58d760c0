import type { Json } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { FlaskConical, type IconNode, SquareTerminal } from 'lucide';
import { Button } from '../../../ui/button.js';
import { Icon } from '../../../ui/icon.js';
import { CodeControl } from '../code/code-control.js';
import { texts } from '../../editor-texts.js';
import type { DataInputOf } from '@crmflow/contracts';
import type { NodeEdit } from '../edit.js';
import { JsonControl } from '../fields/json-control.js';
import { SelectControl } from '../fields/select-control.js';
import { TextControl } from '../fields/text-control.js';
import { AuthFields } from '../http/auth-fields.js';
import { Pairs } from '../http/pairs.js';
import { lazyPart } from '../../../ui/lazy.js';
import { CallTimeFields } from './call-time-fields.js';
import { useFormNode } from '../node-issues.js';
import { useTools } from '../tools.js';

type Props = { data: DataInputOf<'http'>; edit: NodeEdit<'http'> };
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'] as const;

const TryPanel = lazyPart<Props>(async () => (await import('../http/try-panel.js')).TryPanel);

/** Nothing on the canvas leads to what only a model calls. */
function CalledBy() {
  const callers = useTools().callers.value.get(useFormNode().id) ?? [];
  if (callers.length === 0) return null;
  return <p class="small muted">{texts.modelTools.calledBy([...new Set(callers)].join(', '))}</p>;
}

const CurlPanel = lazyPart<Props>(async () => (await import('../http/curl-panel.js')).CurlPanel);

/** A part of the form that is fetched once somebody opens it. */
function LaterPart({
  label,
  icon,
  part: Part,
  ...props
}: Props & { label: string; icon: IconNode; part: typeof TryPanel }) {
  const isOpen = useSignal(false);
  return (
    <>
      <div>
        <Button
          size="small"
          aria-expanded={isOpen.value}
          onClick={() => (isOpen.value = !isOpen.value)}
        >
          <Icon of={icon} size={16} />
          {label}
        </Button>
      </div>
      {isOpen.value && <Part {...props} />}
    </>
  );
}

/** Which service is called, with what, and where its answer goes. */
export function HttpForm({ data, edit }: Props) {
  const method = data.method ?? 'GET';
  return (
    <>
      <CalledBy />
      <LaterPart
        {...{ data, edit }}
        label={texts.curl.open}
        icon={SquareTerminal}
        part={CurlPanel}
      />
      <SelectControl
        label={texts.form.method}
        field="method"
        value={method}
        options={methods.map((value) => ({ value, label: value }))}
        onChange={(next) => edit.set('method', { method: next })}
      />
      <CodeControl
        label={texts.form.url}
        field="url"
        hint={texts.form.urlHint}
        mode="template"
        isSingleLine
        placeholder="https://api.example.com/people/{{ vars.id }}"
        value={data.url ?? ''}
        onInput={(url) => edit.set('url', { url })}
      />
      <AuthFields data={data} edit={edit} />
      <Pairs
        label={texts.form.query}
        field="query"
        addLabel={texts.form.addQuery}
        pairs={data.query ?? {}}
        onChange={(query) => edit.set('query', { query })}
      />
      <Pairs
        label={texts.form.headers}
        field="headers"
        addLabel={texts.form.addHeader}
        pairs={data.headers ?? {}}
        onChange={(headers) => edit.set('headers', { headers })}
      />
      {method !== 'GET' && method !== 'HEAD' && (
        <JsonControl
          label={texts.form.body}
          hint={texts.form.bodyHint}
          field="body"
          value={data.body as Json | undefined}
          onChange={(body) => edit.set('body', { body })}
        />
      )}
      <TextControl
        label={texts.form.saveAs}
        field="saveAs"
        maxLength={64}
        hint={texts.form.saveBodyHint}
        isCode
        value={data.saveAs ?? ''}
        onInput={(saveAs) => edit.set('saveAs', { saveAs: saveAs || undefined })}
      />
      <CallTimeFields
        data={data}
        timeoutHint={texts.form.requestTimeoutHint}
        retryHint={texts.form.retryForHint}
        onChange={edit.set}
      />
      <LaterPart {...{ data, edit }} label={texts.tryIt.open} icon={FlaskConical} part={TryPanel} />
    </>
  );
}
