import type { FlowProblem } from '@crmflow/contracts';
import type { Signal } from '@preact/signals';
import { CircleCheck, TriangleAlert } from 'lucide';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../../ui/icon.js';
import type { Checker } from '../check/checker.js';
import { texts } from '../editor-texts.js';
import type { DocumentReader } from '../model/store.js';
import { FaultList } from './fault-list.js';
import './faults.css';

type Props = {
  document: DocumentReader;
  checker: Checker;
  isOpen: Signal<boolean>;
  onJump: (problem: FlowProblem) => void;
};

/** How much is wrong with the flow, and the list of it. */
export function FaultButton({ document, checker, isOpen, onJump }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const { value: problems } = checker.problems;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const look = errors > 0 ? 'error' : problems.length > 0 ? 'warning' : 'fine';
  const words = texts.problems.count(errors, problems.length - errors);
  const isShown = isOpen.value;
  useLayoutEffect(() => {
    const { current } = list;
    if (!current || current.matches(':popover-open') === isShown) return;
    if (isShown) current.showPopover();
    else current.hidePopover();
  }, [isShown]);
  return (
    <>
      <button
        type="button"
        class={`button quiet fault-button ${look}`}
        aria-label={words}
        title={words}
        popovertarget="fault-list"
      >
        <Icon of={problems.length > 0 ? TriangleAlert : CircleCheck} />
        {problems.length > 0 && <span class="fault-count">{errors || problems.length}</span>}
      </button>
      <div
        ref={list}
        id="fault-list"
        class="fault-popover"
        popover="auto"
        role="region"
        aria-label={texts.problems.label}
        onToggle={({ newState, currentTarget }) => {
          isOpen.value = newState === 'open';
          if (newState === 'open') currentTarget.querySelector('button')?.focus();
        }}
      >
        {problems.length === 0 ? (
          <p class="muted">{texts.problems.none}</p>
        ) : (
          <FaultList
            document={document}
            problems={problems}
            onJump={(problem) => {
              isOpen.value = false;
              onJump(problem);
            }}
          />
        )}
      </div>
    </>
  );
}
