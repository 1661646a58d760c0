import type { DataInputOf, FlowIssue, FlowNodeInput, KindId } from '@crmflow/contracts';
import { useComputed, useSignal } from '@preact/signals';
import { TriangleAlert } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { Icon } from '../../ui/icon.js';
import type { Checker } from '../check/checker.js';
import type { Editor } from '../editor.js';
import { texts } from '../editor-texts.js';
import { nodeIssueWords } from '../issues/node-issue-words.js';
import { nodeIn, nodesOfCards, replyIn } from '../model/asks.js';
import type { OpenFlow } from '../open-editor.js';
import { createTools } from './create-tools.js';
import { editNode, type NodeEdit } from './edit.js';
import { SwitchControl } from './fields/switch-control.js';
import { TextControl } from './fields/text-control.js';
import { FlowForm } from './flow-form.js';
import { LeadsTo } from './leads-to.js';
import { ListenForm } from './forms/listen-form.js';
import { QuestionForm } from './forms/speak-form.js';
import { ManyNodes } from './many-nodes.js';
import { isOfField, NodeContext, useFormNode } from './node-issues.js';
import { NodeForm } from './node-form.js';
import { soundData } from './sound-data.js';
import { ToolsContext, useTools } from './tools.js';
import { kindStyle, localized } from '../../node-look.js';
import { cardViewOf } from '../canvas/kinds.js';
import './inspector.css';

/** What is wrong with a node, as far as no control of its form shows it. */
function Issues({ node, issues }: { node: FlowNodeInput; issues: readonly FlowIssue[] }) {
  const form = useFormNode();
  const shown = [...form.shown.value];
  const listed = issues.filter((issue) => !shown.some((field) => isOfField(issue, field)));
  if (listed.length === 0 || form.isNew.value) return null;
  return (
    <ul class="problems" aria-label={texts.problems.label}>
      {listed.map((issue) => {
        const words = nodeIssueWords(node, issue);
        return (
          <li key={`${issue.field} ${words}`} class={`problem ${issue.severity}`}>
            <Icon of={TriangleAlert} size={16} />
            {words}
          </li>
        );
      })}
    </ul>
  );
}

function PauseSwitch({ ids }: { ids: readonly string[] }) {
  const { pausePoints } = useTools().session;
  return (
    <SwitchControl
      label={texts.test.pauseHere}
      value={ids.some((id) => pausePoints.nodeIds.value.has(id))}
      onChange={() => pausePoints.toggle(ids)}
    />
  );
}

/** The form of a node, or of what a question has of it, with what is wrong there. */
function Part<K extends KindId>({
  editor,
  checker,
  node,
  isFirst = false,
  children,
}: {
  editor: Editor;
  checker: Checker;
  node: FlowNodeInput;
  /** It has the name of the card. */
  isFirst?: boolean;
  children: (edit: NodeEdit<K>) => ComponentChildren;
}) {
  const { id } = node;
  const edit = useMemo(() => editNode<K>(editor, id), [editor, id]);
  const shown = useSignal<ReadonlySet<string>>(new Set());
  const left = useSignal<ReadonlySet<string>>(new Set());
  const isNew = useComputed(() => editor.selection.fresh.value.has(id));
  const form = useMemo(() => ({ id, shown, left, isNew }), [id, shown, left, isNew]);
  return (
    <NodeContext.Provider value={form}>
      <Issues node={node} issues={checker.byNode.value.get(id) ?? []} />
      {isFirst && (
        <TextControl
          label={texts.form.label}
          field="label"
          maxLength={200}
          value={node.label}
          onInput={edit.label}
        />
      )}
      {children(edit)}
    </NodeContext.Provider>
  );
}

function OneCard({ editor, checker, id }: { editor: Editor; checker: Checker; id: string }) {
  const { document } = editor;
  const node = nodeIn(document, id);
  if (!node) return null;
  const reply = replyIn(document, id);
  const view = cardViewOf(node, reply);
  const around = { editor, checker };
  return (
    <>
      <header class="inspector-head" style={kindStyle(view)} data-card={id}>
        <span class="card-sign">
          <Icon of={view.icon} />
        </span>
        <h2>{localized(view.name)}</h2>
      </header>
      {reply ? (
        <>
          <Part<'speak'> key={id} {...around} node={node} isFirst>
            {(edit) => (
              <QuestionForm data={soundData(node.data as DataInputOf<'speak'>)} edit={edit} />
            )}
          </Part>
          <Part<'listen'> key={reply.id} {...around} node={reply}>
            {(edit) => (
              <ListenForm data={soundData(reply.data as DataInputOf<'listen'>)} edit={edit} />
            )}
          </Part>
        </>
      ) : (
        <Part key={id} {...around} node={node} isFirst>
          {(edit) => <NodeForm node={node} edit={edit} />}
        </Part>
      )}
      <PauseSwitch ids={nodesOfCards(document, [id])} />
      <LeadsTo editor={editor} cardId={id} />
    </>
  );
}

/** Beside the canvas: what is selected, to be changed. */
export function Inspector({
  flow,
  onLeave,
}: {
  flow: OpenFlow;
  /** By Escape: back to what the form is of. */
  onLeave: () => void;
}) {
  const { editor, actions, checker } = flow;
  const tools = useMemo(() => createTools(flow), [flow]);
  const { nodes } = editor.selection.current.value;
  const [only] = nodes;
  return (
    <ToolsContext.Provider value={tools}>
      <aside
        class="inspector"
        aria-label={texts.inspector}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.defaultPrevented) return;
          event.preventDefault();
          onLeave();
        }}
      >
        {nodes.size === 1 && only !== undefined ? (
          <OneCard key={only} editor={editor} checker={checker} id={only} />
        ) : nodes.size > 1 ? (
          <ManyNodes count={nodes.size} actions={actions} />
        ) : (
          <FlowForm editor={editor} />
        )}
      </aside>
    </ToolsContext.Provider>
  );
}
