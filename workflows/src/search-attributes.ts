import {
  SearchAttributeType,
  type SearchAttributePair,
  defineSearchAttributeKey,
} from '@temporalio/common';
import type { RunStart } from './run-input.js';

const keyword = (name: string) => defineSearchAttributeKey(name, SearchAttributeType.KEYWORD);

/** What runs can be found by in Temporal; `temporal-config/settings.json` registers them. */
export const runAttributes = {
  /** Id of the flow. */
  flow: keyword('CrmflowFlow'),
  /** Id of the workspace that the run belongs to. */
  workspace: keyword('CrmflowWorkspace'),
  /** Id of the node at which it waits, or waited last. */
  node: keyword('CrmflowNode'),
  /** Status of the run when it waited last, or as it ended. */
  status: keyword('CrmflowStatus'),
};

/** Those that a run has from its start on. */
export const attributesAtStart = ({
  workflowId,
  workspaceId,
}: Pick<RunStart, 'workflowId' | 'workspaceId'>): SearchAttributePair[] => [
  { key: runAttributes.flow, value: workflowId },
  { key: runAttributes.status, value: 'running' },
  ...(workspaceId === undefined ? [] : [{ key: runAttributes.workspace, value: workspaceId }]),
];
