import { computed } from '@preact/signals';
import type { OpenFlow } from '../open-editor.js';
import { sampleOf } from '../test/run-variables.js';
import { variablesOf } from './code/variables.js';
import type { InspectorTools } from './tools.js';

/** What the controls of an open flow's forms share. */
export function createTools({ id, editor, checker, session }: OpenFlow): InspectorTools {
  const { document } = editor;
  return {
    workflowId: id,
    checker,
    session,
    variables: computed(() =>
      document.version.value < 0 ? [] : variablesOf(document.flow().variables, document.nodes()),
    ),
    sample: computed(() => {
      const state = session.run.value?.state.value;
      return state && sampleOf(state);
    }),
  };
}
