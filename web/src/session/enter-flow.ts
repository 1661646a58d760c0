import type { FlowResource } from '@crmflow/contracts';
import { loadFlow } from '../api/flows.js';
import { chooseWorkspace, workspace } from './workspace.js';

/**
 * Loads a flow for a page of its own, and shows the workspace that it belongs to: a link may lead into
 * another one than this tab shows, where the user may do other things.
 * @throws ApiError
 */
export async function enterFlow(id: string): Promise<FlowResource> {
  const flow = await loadFlow(id);
  const { workspaceId } = flow;
  if (workspaceId !== undefined && workspaceId !== workspace.peek()?.id) {
    chooseWorkspace(workspaceId);
  }
  return flow;
}
