import type { TriedHttp } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { Send } from 'lucide';
import type { ApiError } from '../../../api/api-error.js';
import { asApiError } from '../../../api/as-api-error.js';
import { request } from '../../../api/request.js';
import { Button } from '../../../ui/button.js';
import { Icon } from '../../../ui/icon.js';
import { Notice } from '../../../ui/notice.js';
import { texts } from '../../editor-texts.js';
import type { DataInputOf } from '@crmflow/contracts';
import type { NodeEdit } from '../edit.js';
import { TextControl } from '../fields/text-control.js';
import { NodeFaults } from '../../issues/node-faults.js';
import { useTools } from '../tools.js';
import { readValue, writeValue } from '../value-text.js';
import { Answer } from './answer.js';
import { usedVariables } from './used-variables.js';
import './try-panel.css';

type Props = { data: DataInputOf<'http'>; edit: NodeEdit<'http'> };

const triedNode = (data: Props['data']) => ({
  ...{ id: '', type: 'integration' as const, label: '', position: { x: 0, y: 0 } },
  data,
});

/** Sends the request as it is drawn, once and for real, with values that one gives. */
export function TryPanel({ data, edit }: Props) {
  const { flowId, sample, defaults } = useTools();
  const typed = useSignal<{ [name: string]: string }>({});
  const isBusy = useSignal(false);
  const answer = useSignal<TriedHttp | undefined>(undefined);
  const failure = useSignal<ApiError | undefined>(undefined);
  const names = usedVariables(data);
  const known = { ...defaults.value, ...sample.value?.vars };
  const textOf = (name: string) => {
    const value = known[name];
    return typed.value[name] ?? (value === undefined ? '' : writeValue(value));
  };

  const send = async () => {
    isBusy.value = true;
    failure.value = undefined;
    answer.value = undefined;
    const vars = Object.fromEntries(names.map((name) => [name, readValue(textOf(name))]));
    try {
      const path = `/api/workflows/${encodeURIComponent(flowId)}/try-http`;
      answer.value = await request<TriedHttp>(path, { method: 'POST', body: { data, vars } });
    } catch (error) {
      failure.value = asApiError(error);
    }
    isBusy.value = false;
  };

  return (
    <div class="try-panel">
      <p class="small muted">{texts.tryIt.explain}</p>
      {names.map((name) => (
        <TextControl
          key={name}
          label={`vars.${name}`}
          isCode
          value={textOf(name)}
          onInput={(text) => (typed.value = { ...typed.peek(), [name]: text })}
        />
      ))}
      <Button kind="primary" size="small" busy={isBusy.value} onClick={() => void send()}>
        {!isBusy.value && <Icon of={Send} size={16} />}
        {texts.tryIt.send}
      </Button>
      {failure.value && (
        <Notice>
          {failure.value.message}
          <NodeFaults errors={failure.value.errors} nodeOf={() => triedNode(data)} />
        </Notice>
      )}
      {answer.value && (
        <Answer
          answer={answer.value}
          saveAs={data.saveAs ?? ''}
          onSaveAs={(saveAs) => edit.set('saveAs', { saveAs })}
        />
      )}
    </div>
  );
}
