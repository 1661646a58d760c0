import type { KnowledgeItem } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { allPages } from '../../../api/all-pages.js';
import { asApiError } from '../../../api/as-api-error.js';
import { listKnowledge } from '../../../api/knowledge.js';
import { texts } from '../../editor-texts.js';
import { SelectControl } from '../fields/select-control.js';

/** What the choice of knowledge takes. */
export type KnowledgeFieldsProps = {
  /** Ids of the items that are chosen; undefined where all are looked up. */
  chosen: readonly string[] | undefined;
  onChange: (chosen: string[] | undefined) => void;
};

/** Which of the stored knowledge an answer may draw on. */
export function KnowledgeFields({ chosen, onChange }: KnowledgeFieldsProps) {
  const items = useSignal<readonly KnowledgeItem[] | undefined>(undefined);
  const failure = useSignal('');
  useEffect(() => {
    allPages(listKnowledge).then(
      (found) => (items.value = found),
      (error: unknown) => (failure.value = asApiError(error).message),
    );
  }, [items, failure]);
  const known = items.value ?? [];
  const gone = (chosen ?? []).filter((id) => items.value && !known.some((item) => item.id === id));
  const toggle = (id: string) =>
    onChange(chosen?.includes(id) ? chosen.filter((one) => one !== id) : [...(chosen ?? []), id]);
  return (
    <>
      <SelectControl
        label={texts.knowledge.from}
        hint={items.value?.length === 0 ? texts.knowledge.none : texts.knowledge.hint}
        value={chosen ? 'some' : 'all'}
        options={[
          { value: 'all', label: texts.knowledge.all },
          { value: 'some', label: texts.knowledge.some },
        ]}
        onChange={(which) => onChange(which === 'all' ? undefined : [])}
      />
      {failure.value !== '' && <p class="small fault">{failure.value}</p>}
      {chosen && (
        <div class="knowledge-items" role="group" aria-label={texts.knowledge.some}>
          {known.map(({ id, name, enabled }) => (
            <label class="control-switch" key={id}>
              <input type="checkbox" checked={chosen.includes(id)} onChange={() => toggle(id)} />
              <span>
                {name}
                {!enabled && <span class="small muted"> {texts.knowledge.off}</span>}
              </span>
            </label>
          ))}
          {gone.map((id) => (
            <label class="control-switch" key={id}>
              <input type="checkbox" checked onChange={() => toggle(id)} />
              <span class="fault">{texts.knowledge.gone}</span>
            </label>
          ))}
        </div>
      )}
      <p class="small">
        <a href="/knowledge" target="_blank" rel="noreferrer">
          {texts.knowledge.manage}
        </a>
      </p>
    </>
  );
}
