import type { FlowProblem } from '@crmflow/contracts';
import { TriangleAlert } from 'lucide';
import { Icon } from '../../ui/icon.js';
import type { DocumentReader } from '../model/store.js';
import { texts } from '../editor-texts.js';
import { problemWords } from '../inspector/problem-words.js';
import './faults.css';

type Props = {
  document: DocumentReader;
  problems: readonly FlowProblem[];
  onJump: (problem: FlowProblem) => void;
};

function whereOf(document: DocumentReader, { nodeId }: FlowProblem): string {
  if (nodeId === undefined) return texts.problems.flow;
  const node = document.node(nodeId);
  return node ? node.label || texts.kinds[node.type] : nodeId;
}

/** What is wrong with a flow; each leads to where it is. */
export function FaultList({ document, problems, onJump }: Props) {
  return (
    <ul class="fault-list">
      {problems.map((problem) => (
        <li key={`${problem.nodeId} ${problem.edgeId} ${problem.message}`}>
          <button type="button" class={problem.severity} onClick={() => onJump(problem)}>
            <Icon of={TriangleAlert} size={16} />
            <span>
              <strong>{whereOf(document, problem)}</strong>
              <span class="visually-hidden"> {texts.problems[problem.severity]} </span>
              <span class="small">{problemWords(problem.message)}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
