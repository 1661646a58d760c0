import type { FlowNodeInput, Json, JsonObject } from '@crmflow/contracts';
import { isTool } from '@crmflow/contracts/nodes';
import { toolUsesOf } from '@crmflow/contracts/tools';
import { computed } from '@preact/signals';
import type { FlowRecord } from '../model/record.js';
import type { OpenFlow } from '../open-editor.js';
import { sampleOf } from '../test-run/run-variables.js';
import { variablesOf } from './code/variables.js';
import type { InspectorTools } from './tools.js';

function defaultsOf(variables: FlowRecord['variables']): JsonObject {
  const given = variables.filter((one) => one.default !== undefined);
  return Object.fromEntries(given.map((one) => [one.name, one.default as Json]));
}

function callersOf(nodes: readonly FlowNodeInput[]): Map<string, string[]> {
  const labels = new Map(nodes.map(({ id, label }) => [id, label || id]));
  const callers = new Map<string, string[]>();
  for (const { source, target } of toolUsesOf(nodes)) {
    callers.set(target, [...(callers.get(target) ?? []), labels.get(source) ?? source]);
  }
  return callers;
}

/** What the controls of an open flow's forms share. */
export function createTools({ id, editor, checker, session }: OpenFlow): InspectorTools {
  const { document } = editor;
  return {
    flowId: id,
    checker,
    session,
    variables: computed(() =>
      document.meaning.value < 0 ? [] : variablesOf(document.flow().variables, document.nodes()),
    ),
    integrations: computed(() =>
      document.meaning.value < 0
        ? []
        : document
            .nodes()
            .filter(isTool)
            .map(({ id, label }) => ({ id, label: label || id })),
    ),
    callers: computed(() => (document.meaning.value < 0 ? new Map() : callersOf(document.nodes()))),
    defaults: computed(() =>
      document.meaning.value < 0 ? {} : defaultsOf(document.flow().variables),
    ),
    sample: computed(() => {
      const state = session.run.value?.state.value;
      return state && sampleOf(state);
    }),
  };
}
