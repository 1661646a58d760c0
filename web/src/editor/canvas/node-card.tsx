import type { FlowNodeInput } from '@crmflow/contracts';
import { handlesOf } from '@crmflow/contracts/nodes';
import {
  cardHeight,
  cardWidths,
  contentOf,
  type Direction,
  exceptionHandles,
  handleStep,
  hasRows,
  mainHandles,
  outletOf,
  spine,
  textLines,
  wordParts,
} from '@crmflow/layout';
import type { ReadonlySignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { Icon } from '../../ui/icon.js';
import { texts } from '../editor-texts.js';
import { kindStyle, localized, type Look } from '../../node-look.js';
import { cardViewOf, summaryOf } from './kinds.js';
import './node-card.css';

/** Draws a handle and makes it one that edges can be drawn from or to. */
export type SocketView = (props: {
  nodeId: string;
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
  /** Of a question: the node that waits for the reply. */
  reply: FlowNodeInput | undefined;
  direction: Direction;
  /** The handles that a wire leaves by, with a blank between them. */
  used: string;
  isSelected: ReadonlySignal<boolean>;
  /** How it fares in the run that is shown. */
  mark: string | undefined;
  /** Says how the node is faring: faults, a run. */
  children?: ComponentChildren;
  Socket: SocketView;
};

type ContentProps = Pick<NodeCardProps, 'node' | 'reply' | 'used' | 'Socket'> & {
  label: string;
  view: Look;
};

const nameOf = (handle: string) => texts.handles[handle] ?? handle;

/** A text of the flow, where what stands for a value looks so. */
function Words({ words }: { words: string }) {
  return (
    <>
      {wordParts(words).map((part, index) =>
        part.isValue ? (
          <span key={index} class="card-value">
            {part.words}
          </span>
        ) : (
          part.words
        ),
      )}
    </>
  );
}

/** What a card says that is as high as its content. */
function Body({ node, reply }: Pick<NodeCardProps, 'node' | 'reply'>) {
  const { text, chips, moreChips, rows } = contentOf(node, reply);
  const summary = text || rows.length > 0 ? '' : summaryOf(node);
  return (
    <div class="card-body">
      {text && (
        <p class="card-text" style={{ WebkitLineClamp: textLines(text) }}>
          <Words words={text.words} />
        </p>
      )}
      {!text && rows.length === 0 && (
        <p class={summary ? 'card-line' : 'card-line blank'}>{summary || texts.nothingYet}</p>
      )}
      {chips.length > 0 && (
        <ul class="card-chips">
          {chips.map((chip, index) => (
            <li key={index}>{chip}</li>
          ))}
          {moreChips > 0 && <li>+{moreChips}</li>}
        </ul>
      )}
      {rows.map(({ handle, words }) => (
        <p key={handle} class="card-row">
          <span>{nameOf(handle)}</span>
          <code class={words ? undefined : 'blank'}>{words || texts.nothingYet}</code>
        </p>
      ))}
      {reply && (
        <p class="card-reply">
          <span>{summaryOf(reply)}</span>
        </p>
      )}
    </div>
  );
}

/** The ways on at the foot of a card, each above its handle. */
function Foot({ node, reply, label, Socket }: ContentProps) {
  const leaving = reply ?? node;
  const handles = mainHandles(leaving);
  const step = handleStep(handles.length);
  const at = (index: number) => `${spine + index * step}px`;
  return (
    <>
      {hasRows(leaving, 'down') && (
        <ul class="card-foot">
          {handles.map((handle, index) => (
            <li
              key={handle}
              title={nameOf(handle)}
              style={{
                left: index === 0 ? '12px' : at(index),
                maxWidth: `${Math.max(step - 8, 16)}px`,
              }}
              class={index === 0 ? undefined : 'at-handle'}
            >
              {nameOf(handle)}
            </li>
          ))}
        </ul>
      )}
      {handles.map((handle, index) => (
        <span key={handle} class="card-port at-foot" style={{ left: at(index) }}>
          <Socket nodeId={leaving.id} side="output" handle={handle} label={label} />
        </span>
      ))}
    </>
  );
}

/** The ways out for what goes wrong, at the side: those that are used, and others when one looks. */
function Exceptions({ node, reply, used, label, Socket }: ContentProps) {
  const leaving = reply ?? node;
  return (
    <>
      {exceptionHandles(leaving).map((handle) => (
        <span
          key={handle}
          class={`card-port at-side handle-${handle}${used.split(' ').includes(handle) ? ' used' : ''}`}
          style={{ top: `${outletOf(leaving, handle, 'down').y}px` }}
        >
          <Socket nodeId={leaving.id} side="output" handle={handle} label={label} />
          <span class="card-exception">{nameOf(handle)}</span>
        </span>
      ))}
    </>
  );
}

function Tall(props: ContentProps) {
  const { node, reply, label, view, Socket } = props;
  const kind = localized(view.name);
  return (
    <>
      {node.type !== 'trigger' && (
        <Socket nodeId={node.id} side="input" handle="in" label={label} />
      )}
      <div class="card-head">
        <span class="card-sign">
          <Icon of={view.icon} size={18} />
        </span>
        <strong>{label}</strong>
        {label !== kind && <span class="card-kind">{kind}</span>}
      </div>
      <Body node={node} reply={reply} />
      <Foot {...props} />
      <Exceptions {...props} />
    </>
  );
}

function Flat({ node, reply, label, view, Socket }: ContentProps) {
  const leaving = reply ?? node;
  const summary = summaryOf(node);
  const isRowed = hasRows(leaving, 'right');
  return (
    <>
      {node.type !== 'trigger' && (
        <Socket nodeId={node.id} side="input" handle="in" label={label} />
      )}
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
        {!isRowed && <Socket nodeId={leaving.id} side="output" handle="out" label={label} />}
      </div>
      {isRowed && (
        <ul class="card-handles">
          {handlesOf(leaving).map((handle) => (
            <li key={handle} class={`handle-${handle}`}>
              <span>{nameOf(handle)}</span>
              <Socket nodeId={leaving.id} side="output" handle={handle} label={label} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** A node or a question on the canvas: what it is, what it says, and its ways in and out. */
export function NodeCard({
  node,
  reply,
  direction,
  used,
  isSelected,
  mark,
  children,
  Socket,
}: NodeCardProps) {
  const view = cardViewOf(node, reply);
  const kind = localized(view.name);
  const label = node.label || kind;
  const size = {
    width: `${cardWidths[direction]}px`,
    height: `${cardHeight(node, direction, reply)}px`,
  };
  const Content = direction === 'down' ? Tall : Flat;
  return (
    <div
      class={cardLook(node, isSelected.value, mark)}
      style={{ ...kindStyle(view), ...size }}
      role="group"
      tabIndex={0}
      aria-label={texts.node(kind, label)}
      aria-current={isSelected.value}
      data-node={node.id}
    >
      <Content node={node} reply={reply} used={used} label={label} view={view} Socket={Socket} />
      {children}
    </div>
  );
}
