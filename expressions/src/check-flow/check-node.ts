import {
  because,
  type DataOf,
  type FlowIssue,
  type FlowNode,
  type KindId,
  kindOf,
} from '@crmflow/contracts';
import type { HostRule } from '@crmflow/contracts/egress';
import { checkAi } from './check-ai.js';
import { checkContact } from './check-contact.js';
import { checkHttp } from './check-http.js';
import { checkListen } from './check-listen.js';
import { checkBranch, checkSet, checkWait } from './check-logic.js';
import { issueAt, required } from './fields.js';
import { checkRespond } from './check-respond.js';
import { checkSources } from './sources.js';

/** What a check knows besides the flow. */
export type CheckRules = {
  /** Which hosts may not be called; without it no host is looked at. */
  hostRule?: HostRule;
};

const checks: { [K in KindId]: (data: DataOf<K>, rules: CheckRules) => FlowIssue[] } = {
  trigger: () => [],
  speak: ({ text }) => required('text', text, because('message_missing')),
  listen: checkListen,
  ai: checkAi,
  branch: checkBranch,
  set: checkSet,
  wait: checkWait,
  http: checkHttp,
  contact: checkContact,
  respond: checkRespond,
  handoff: () => [],
  flow: ({ workflowId }) => required('workflowId', workflowId, because('flow_missing')),
};

/** A check as all kinds have in common; it only meets data of its own nodes. */
type AnyCheck = (data: FlowNode['data'], rules: CheckRules) => FlowIssue[];

/** What keeps one node from running, each issue naming its field. */
export function checkNode(node: FlowNode, rules: CheckRules = {}): FlowIssue[] {
  const kind = kindOf(node);
  if (!kind) return [issueAt('kind', because('action_missing'))];
  return [...(checks[kind] as AnyCheck)(node.data, rules), ...checkSources(node)];
}
