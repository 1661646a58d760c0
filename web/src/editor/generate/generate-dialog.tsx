import { useRef } from 'preact/hooks';
import { language } from '../../texts/language.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog/dialog.js';
import { Notice } from '../../ui/notice.js';
import { texts } from '../editor-texts.js';
import { NodeFaults, type NodeOf } from '../issues/node-faults.js';
import type { Generation, GenerationState } from './generation.js';

const number = new Intl.NumberFormat(language);

/** How far it is, and why it failed. */
function Progress({ state, nodeOf }: { state: GenerationState; nodeOf: NodeOf }) {
  const words = texts.generate;
  if (state.kind === 'failed') {
    return (
      <Notice>
        {words.failed}. {state.error.message}
        <NodeFaults errors={state.error.errors} nodeOf={nodeOf} />
      </Notice>
    );
  }
  if (state.kind !== 'busy') return null;
  return (
    <p class="generate-progress" role="status">
      <span class="spinner" />
      <span>
        {words.stages[state.stage]}
        {state.characters > 0 && (
          <span class="small muted"> {words.written(number.format(state.characters))}</span>
        )}
      </span>
    </p>
  );
}

/** Asks for words that the model makes a flow from, or changes of this one. */
export function GenerateDialog({
  generation,
  hasFlow,
  nodeOf,
  prompt,
  onClose,
}: {
  generation: Generation;
  /** Whether there is something to change. */
  hasFlow: boolean;
  nodeOf: NodeOf;
  /** The words that were sent last. */
  prompt: { current: string };
  onClose: () => void;
}) {
  const words = texts.generate;
  const area = useRef<HTMLTextAreaElement>(null);
  const state = generation.state.value;
  const isBusy = state.kind === 'busy';
  const close = () => {
    generation.discard();
    onClose();
  };
  const onSubmit = (event: Event) => {
    event.preventDefault();
    const text = area.current?.value.trim() ?? '';
    prompt.current = text;
    if (text === '') area.current?.focus();
    else void generation.start(text);
  };
  return (
    <Dialog title={hasFlow ? words.titleChange : words.title} onClose={close}>
      <form noValidate onSubmit={onSubmit}>
        <label class="generate-prompt">
          <span>{hasFlow ? words.labelChange : words.label}</span>
          <textarea
            ref={area}
            class="input"
            rows={5}
            defaultValue={prompt.current}
            placeholder={hasFlow ? words.exampleChange : words.example}
            readOnly={isBusy}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSubmit(event);
            }}
          />
        </label>
        <Progress state={state} nodeOf={nodeOf} />
        <div class="actions">
          <Button onClick={isBusy ? generation.discard : close}>
            {isBusy ? words.stop : texts.close}
          </Button>
          <Button kind="primary" type="submit" busy={isBusy}>
            {hasFlow ? words.submitChange : words.submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
