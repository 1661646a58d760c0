import type { FlowIssue } from '@crmflow/contracts';
import { checkGraph } from './check-graph.js';
import { checkCallbacks } from './check-callbacks.js';
import { checkNode, type CheckRules } from './check-node.js';
import { checkContactReads } from './contact-reads.js';
import { checkBraces } from './stray-braces.js';
import { checkHints } from './expression-hints.js';
import { checkAnswers } from './check-respond.js';
import { checkTools } from './tools.js';
import { type CheckedFlow, checkVariables } from './unknown-variables.js';
import { checkVisitorWords } from './visitor-words.js';

/**
 * Everything that keeps a flow from running (errors) or is probably not meant (warnings). The flow
 * has passed its schema, so shapes, ids and edges are sound. A handle that leads nowhere is no
 * issue: it ends the run.
 */
export function checkFlow(flow: CheckedFlow, rules: CheckRules = {}): FlowIssue[] {
  const ofNodes = flow.nodes.flatMap((node) =>
    [
      ...checkNode(node, rules),
      ...checkBraces(node),
      ...checkHints(node),
      ...checkContactReads(node),
    ].map((issue): FlowIssue => ({ ...issue, nodeId: node.id })),
  );
  return [
    ...checkGraph(flow),
    ...checkTools(flow),
    ...checkAnswers(flow),
    ...checkCallbacks(flow),
    ...checkVisitorWords(flow),
    ...ofNodes,
    ...checkVariables(flow),
  ];
}
