import type { Signal } from '@preact/signals';
import { CircleCheck, TriangleAlert } from 'lucide';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ShownIssue } from '../../issues/issue-texts.js';
import { Icon } from '../../ui/icon.js';
import type { Checker } from '../check/checker.js';
import { texts } from '../editor-texts.js';
import type { DocumentReader } from '../model/store.js';
import { IssueList } from './issue-list.js';
import './issues.css';

type Props = {
  document: DocumentReader;
  checker: Checker;
  isOpen: Signal<boolean>;
  onJump: (issue: ShownIssue) => void;
};

/** How much is wrong with the flow, and the list of it. */
export function IssueButton({ document, checker, isOpen, onJump }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const { value: issues } = checker.issues;
  const errors = issues.filter(({ severity }) => severity === 'error').length;
  const isBroken = checker.isBroken.value;
  const look = errors > 0 ? 'error' : issues.length > 0 || isBroken ? 'warning' : 'fine';
  const words = isBroken
    ? texts.problems.unchecked
    : texts.problems.count(errors, issues.length - errors);
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
        class={`button quiet issue-button ${look}`}
        aria-label={words}
        title={words}
        popovertarget="issue-list"
      >
        <Icon of={look !== 'fine' ? TriangleAlert : CircleCheck} />
        {issues.length > 0 && <span class="issue-count">{errors || issues.length}</span>}
      </button>
      <div
        ref={list}
        id="issue-list"
        class="issue-popover"
        popover="auto"
        role="region"
        aria-label={texts.problems.label}
        onToggle={({ newState, currentTarget }) => {
          isOpen.value = newState === 'open';
          if (newState === 'open') currentTarget.querySelector('button')?.focus();
        }}
      >
        {issues.length === 0 ? (
          <p class="muted">{isBroken ? words : texts.problems.none}</p>
        ) : (
          <IssueList
            document={document}
            issues={issues}
            onJump={(issue) => {
              isOpen.value = false;
              onJump(issue);
            }}
          />
        )}
      </div>
    </>
  );
}
