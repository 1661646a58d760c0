import type { FlowNodeInput } from '@crmflow/contracts';
import { handlesOf } from '@crmflow/contracts/nodes';
import type { ReadonlySignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { Icon } from '../../ui/icon.js';
import { texts } from '../editor-texts.js';
import { cardHeight, cardWidth, hasRows } from './geometry.js';
import { kindStyle, localized } from '../../node-look.js';
import { viewOf } from './kinds.js';
import './node-card.css';

/** Draws a handle and makes it one that edges can be drawn from or to. */
export type SocketView = (props: {
  side: 'input' | 'output';
  handle: string;
  label: string;
}) => ComponentChildren;

/** The classes of a node's card. @param mark how it fares in the run that is shown */
export function cardLook(
  { type }: FlowNodeInput,
  isSelected: boolean,
  mark: string | undefined,
): string {
  return `card-node is-${type}${isSelected ? ' selected' : ''}${mark ? ` run-${mark}` : ''}`;
}

/** What a card shows. */
export type NodeCardProps = {
  node: FlowNodeInput;
  isSelected: ReadonlySignal<boolean>;
  /** How it fares in the run that is shown. */
  mark: string | undefined;
  /** Says how the node is faring: faults, a run. */
  children?: ComponentChildren;
  Socket: SocketView;
};

function Content({
  node,
  label,
  Socket,
}: Pick<NodeCardProps, 'node' | 'Socket'> & { label: string }) {
  const view = viewOf(node);
  const summary = view.summary(node.data);
  return (
    <>
      {node.type !== 'trigger' && <Socket side="input" handle="in" label={label} />}
      <div class="card-head">
        <span class="card-sign">
          <Icon of={view.icon} />
        </span>
        <span class="card-words">
          <strong>{label}</strong>
          <span class={summary ? 'card-summary' : 'card-summary blank'}>
            {summary || texts.nothingYet}
          </span>
        </span>
        {!hasRows(node) && <Socket side="output" handle="out" label={label} />}
      </div>
      {hasRows(node) && (
        <ul class="card-handles">
          {handlesOf(node).map((handle) => (
            <li key={handle} class={`handle-${handle}`}>
              <span>{texts.handles[handle] ?? handle}</span>
              <Socket side="output" handle={handle} label={label} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** A node on the canvas: what it is, what it says, and its ways in and out. */
export function NodeCard({ node, isSelected, mark, children, Socket }: NodeCardProps) {
  const view = viewOf(node);
  const kind = localized(view.name);
  const label = node.label || kind;
  return (
    <div
      class={cardLook(node, isSelected.value, mark)}
      style={{ ...kindStyle(view), width: `${cardWidth}px`, height: `${cardHeight(node)}px` }}
      role="group"
      tabIndex={0}
      aria-label={texts.node(kind, label)}
      aria-current={isSelected.value}
      data-node={node.id}
    >
      <Content node={node} label={label} Socket={Socket} />
      {children}
    </div>
  );
}
