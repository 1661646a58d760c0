import { TriangleAlert } from 'lucide';
import type { ShownIssue } from '../../issues/issue-texts.js';
import { Icon } from '../../ui/icon.js';
import { texts } from '../editor-texts.js';
import type { DocumentReader } from '../model/store.js';
import { nodeIssueWords } from './node-issue-words.js';
import { labelOf } from '../canvas/kinds.js';
import './issues.css';

type Props = {
  document: DocumentReader;
  issues: readonly ShownIssue[];
  onJump: (issue: ShownIssue) => void;
};

function whereOf(document: DocumentReader, { nodeId }: ShownIssue): string {
  if (nodeId === undefined) return texts.problems.flow;
  const node = document.node(nodeId);
  return node ? labelOf(node) : nodeId;
}

/** What is wrong with a flow; each leads to where it is. */
export function IssueList({ document, issues, onJump }: Props) {
  return (
    <ul class="issue-list">
      {issues.map((issue) => {
        const { nodeId, severity = 'error' } = issue;
        const words = nodeIssueWords(
          nodeId === undefined ? undefined : document.node(nodeId),
          issue,
        );
        return (
          <li key={`${nodeId} ${issue.edgeId} ${issue.field} ${words}`}>
            <button type="button" class={severity} onClick={() => onJump(issue)}>
              <Icon of={TriangleAlert} size={16} />
              <span>
                <strong>{whereOf(document, issue)}</strong>
                <span class="visually-hidden"> {texts.problems[severity]} </span>
                <span class="small">{words}</span>
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
