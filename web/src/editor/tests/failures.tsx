import type { TestFailure } from '@crmflow/contracts';
import { Crosshair } from 'lucide';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { texts } from '../editor-texts.js';

/** What a test expected and what happened instead, each with the way to its node on the canvas. */
export function Failures({
  failures,
  onShow,
  labelOf,
}: {
  failures: readonly TestFailure[];
  onShow: (nodeId: string) => void;
  labelOf: (nodeId: string) => string;
}) {
  const words = texts.tests;
  return (
    <ul class="test-failures">
      {failures.map(({ expected, got, nodeId }, index) => (
        <li key={index}>
          <dl>
            <dt>{words.expected}</dt>
            <dd class="expected">{expected}</dd>
            <dt>{words.got}</dt>
            <dd class="got">{got}</dd>
          </dl>
          {nodeId !== undefined && (
            <Button
              size="small"
              aria-label={words.showNode(labelOf(nodeId))}
              onClick={() => onShow(nodeId)}
            >
              <Icon of={Crosshair} size={16} />
              {labelOf(nodeId)}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
