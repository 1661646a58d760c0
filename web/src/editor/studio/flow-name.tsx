import { useSignal } from '@preact/signals';
import { setFlow } from '../commands/flow.js';
import type { Editor } from '../editor.js';
import { texts } from '../editor-texts.js';

/**
 * The name of the flow, to be changed: by Enter or on leaving the field; Escape keeps the old one.
 * What is typed stays meanwhile, whatever else is drawn.
 */
export function FlowName({
  editor: { document, history },
  name,
}: {
  editor: Editor;
  name: string;
}) {
  const typed = useSignal<string | undefined>(undefined);
  const done = () => {
    const next = typed.peek()?.trim() ?? '';
    typed.value = undefined;
    if (next !== '' && next !== name) {
      history.run(texts.steps.rename, setFlow(document, { name: next }));
    }
  };
  return (
    <input
      class="flow-name"
      aria-label={texts.name}
      value={typed.value ?? name}
      maxLength={200}
      onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
      onBlur={done}
      onKeyDown={({ key, currentTarget }) => {
        if (key === 'Escape') typed.value = undefined;
        if (key === 'Escape' || key === 'Enter') currentTarget.blur();
      }}
    />
  );
}
