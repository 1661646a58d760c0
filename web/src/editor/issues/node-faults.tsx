import type { FieldError, FlowNodeInput } from '@crmflow/contracts';
import { asIssue } from '../../issues/issue-texts.js';
import { labelOf } from '../canvas/kinds.js';
import { nodeIssueWords } from './node-issue-words.js';

/** Finds a node of the flow as it is drawn. */
export type NodeOf = (id: string) => FlowNodeInput | undefined;

/**
 * Why the server does not run a flow or a node, with nodes and fields called as in the studio.
 * @param nodeOf finds the node of an error, or the only one that there is; the id is empty where an
 *   error has none
 */
export function NodeFaults({ errors, nodeOf }: { errors: readonly FieldError[]; nodeOf: NodeOf }) {
  if (errors.length === 0) return null;
  return (
    <ul>
      {errors.map((error) => {
        const node = nodeOf(error.nodeId ?? '');
        const words = nodeIssueWords(node, asIssue(error));
        return (
          <li key={`${error.path} ${words}`}>
            {error.nodeId !== undefined && <strong>{node ? labelOf(node) : error.nodeId}: </strong>}
            {words}
          </li>
        );
      })}
    </ul>
  );
}
