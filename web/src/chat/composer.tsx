import type { Choice } from '@crmflow/contracts';
import { limits } from '@crmflow/contracts/limits';
import { useComputed, useSignal } from '@preact/signals';
import { SendHorizontal } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import { deviceStorage } from '../storage.js';
import { texts } from '../texts.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { CallbackWait } from './callback-wait.js';
import { replyFor } from './reply-for.js';
import { ReplyInput } from './reply-input.js';
import type { WatchedRun } from './watch-run.js';
import './composer.css';

type ChoicesProps = { choices: readonly Choice[]; onChoose: (reply: string) => void };

/** The answers to choose from, as buttons. */
function Choices({ choices, onChoose }: ChoicesProps) {
  return (
    <div class="choices" role="group" aria-label={texts.composer.choices}>
      {choices.map((choice) => (
        <Button key={choice.value} onClick={() => onChoose(replyFor(choice, choices))}>
          {choice.label || choice.value}
        </Button>
      ))}
    </div>
  );
}

const encoder = new TextEncoder();

/** Whether the focus may be moved without taking it from something that is in use. */
function mayFocus(): boolean {
  const { activeElement: active } = document;
  const isIdle = !active || active === document.body || active.closest('.composer, h1') !== null;
  // A touch keyboard that springs up covers what is to be read.
  return isIdle && matchMedia('(pointer: fine)').matches;
}

/** Where a run is answered: by a reply, or where it waits for a call by that. */
export function Composer({ run }: { run: WatchedRun }) {
  const { waiting, active } = run.state.value?.progress ?? {};
  if (waiting?.expect !== 'callback') return <Reply run={run} />;
  return (
    <div class="composer">
      <div class="column">
        <CallbackWait runId={run.runId} visit={`${waiting.nodeId}:${active?.visit ?? 0}`} />
      </div>
    </div>
  );
}

/** Where replies are written, in the form that the flow expects. What is typed is kept. */
function Reply({ run }: { run: WatchedRun }) {
  const key = `typed.${run.runId}`;
  const text = useSignal(deviceStorage.read(key) ?? '');
  const waiting = useComputed(() => run.state.value?.progress.waiting);
  const input = useRef<HTMLElement>(null);
  const expect = waiting.value?.expect ?? 'any';
  const bytes = encoder.encode(text.value).length;
  const isTooLong = bytes > limits.messageBytes;

  useEffect(() => {
    if (waiting.value && mayFocus()) input.current?.focus();
  }, [waiting.value]);

  const type = (typed: string) => {
    text.value = typed;
    deviceStorage.write(key, typed);
  };
  const send = (reply: string) => {
    run.outbox.add(reply);
    type('');
    input.current?.focus();
  };
  const submit = () => {
    if (text.value.trim() !== '' && !isTooLong) send(text.value);
  };
  const label = waiting.value ? texts.composer[expect] : texts.composer.early;

  return (
    <form
      class="composer"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div class="column">
        {waiting.value?.choices && <Choices choices={waiting.value.choices} onChoose={send} />}
        <div class="compose">
          <ReplyInput
            expect={expect}
            label={label}
            text={text.value}
            isInvalid={isTooLong}
            inputRef={input}
            onType={type}
            onSubmit={submit}
          />
          <Button
            kind="primary"
            type="submit"
            aria-label={texts.composer.send}
            title={texts.composer.send}
            disabled={text.value.trim() === '' || isTooLong}
          >
            <Icon of={SendHorizontal} />
            <span class="word">{texts.composer.send}</span>
          </Button>
        </div>
        <p id="composer-hint" class={isTooLong ? 'small fault' : 'small muted hint'}>
          {isTooLong
            ? texts.composer.tooLong(bytes)
            : texts.composer[expect === 'any' ? 'hintLines' : 'hint']}
        </p>
      </div>
    </form>
  );
}
