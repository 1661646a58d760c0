import type { FlowSummary } from '@crmflow/contracts';
import type { Signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { may } from '../session/workspace.js';
import { texts } from './flows-texts.js';

type Props = {
  flow: FlowSummary;
  /** Whether the name is being typed. */
  isRenaming: Signal<boolean>;
  onRename: (name: string) => void;
};

function NameInput({ flow, isRenaming, onRename }: Props) {
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => input.current?.select(), []);
  const done = (name: string) => {
    // To leave the input blurs it, which must not save once more.
    if (!isRenaming.peek()) return;
    isRenaming.value = false;
    if (name !== '' && name !== flow.name) onRename(name);
  };
  return (
    <input
      ref={input}
      class="input flow-rename"
      aria-label={texts.name}
      defaultValue={flow.name}
      maxLength={200}
      onBlur={({ currentTarget }) => done(currentTarget.value.trim())}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') done(event.currentTarget.value.trim());
        if (event.key === 'Escape') done('');
      }}
    />
  );
}

/** Somebody is about to open a flow. */
const preload = () => void import('../editor/studio/editor-page.js');

/** A flow's name, which leads to the editor, or the input that it is renamed by. */
export function FlowName(props: Props) {
  const { flow, isRenaming } = props;
  const link = useRef<HTMLAnchorElement>(null);
  const wasRenaming = useRef(false);
  useLayoutEffect(() => {
    const isLost = document.activeElement === document.body;
    if (wasRenaming.current && !isRenaming.value && isLost) link.current?.focus();
    wasRenaming.current = isRenaming.value;
  }, [isRenaming.value]);
  return (
    <h2>
      {isRenaming.value ? (
        <NameInput {...props} />
      ) : !may('flow.read') ? (
        flow.name
      ) : (
        <a
          ref={link}
          class="row-link flow-link"
          href={`/flows/${flow.id}`}
          onPointerEnter={preload}
          onFocus={preload}
        >
          {flow.name}
        </a>
      )}
    </h2>
  );
}
