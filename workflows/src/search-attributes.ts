import { SearchAttributeType, defineSearchAttributeKey } from '@temporalio/common';

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
