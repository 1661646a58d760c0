import type { Json } from '@crmflow/contracts';
import type { SourceIssue } from '@crmflow/expressions';
import { useSignal, type ReadonlySignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { useTools } from '../tools.js';
import type { SourceMode } from '../../check/messages.js';

const pauseMs = 150;

/** What is known of the text of a field. */
export type SourceState = {
  issue: ReadonlySignal<SourceIssue | undefined>;
  /** What it comes to in the test run that is shown; undefined where there is none. */
  value: ReadonlySignal<Json | undefined>;
};

const hasCode = (mode: SourceMode, text: string) =>
  mode === 'template' ? text.includes('{{') : text.trim() !== '';

/** Checks a text while it is typed, and works it out where a test run has the values. */
export function useSource(mode: SourceMode, text: string): SourceState {
  const { checker, sample } = useTools();
  const issue = useSignal<SourceIssue | undefined>(undefined);
  const value = useSignal<Json | undefined>(undefined);
  const scope = sample.value;
  useEffect(() => {
    let isCurrent = true;
    const look = async () => {
      const [first] = hasCode(mode, text) ? await checker.issuesOf({ mode, text }) : [];
      const isToWorkOut = scope && !first && hasCode(mode, text);
      const now = isToWorkOut ? await checker.valueOf({ mode, text }, scope) : undefined;
      if (!isCurrent) return;
      issue.value = first;
      value.value = now;
    };
    const timer = setTimeout(() => void look(), pauseMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [checker, mode, text, scope, issue, value]);
  return { issue, value };
}
