import type { FlowIssue, FlowNodeInput } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { TriangleAlert } from 'lucide';
import { useMemo } from 'preact/hooks';
import { Icon } from '../../ui/icon.js';
import type { Checker } from '../check/checker.js';
import type { Editor } from '../editor.js';
import { texts } from '../editor-texts.js';
import { nodeIssueWords } from '../issues/node-issue-words.js';
import { nodeKey } from '../model/record.js';
import type { OpenFlow } from '../open-editor.js';
import { createTools } from './create-tools.js';
import { editNode } from './edit.js';
import { SwitchControl } from './fields/switch-control.js';
import { TextControl } from './fields/text-control.js';
import { FlowForm } from './flow-form.js';
import { LeadsTo } from './leads-to.js';
import { ManyNodes } from './many-nodes.js';
import { isOfField, NodeContext, useFormNode } from './node-issues.js';
import { NodeForm } from './node-form.js';
import { ToolsContext, useTools } from './tools.js';
import { kindStyle, localized } from '../../node-look.js';
import { viewOf } from '../canvas/kinds.js';
import './inspector.css';

/** What is wrong with a node, as far as no control of its form shows it. */
function Issues({ node, issues }: { node: FlowNodeInput; issues: readonly FlowIssue[] }) {
  const shown = [...useFormNode().shown.value];
  const listed = issues.filter((issue) => !shown.some((field) => isOfField(issue, field)));
  if (listed.length === 0) return null;
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

function PauseSwitch({ id }: { id: string }) {
  const { pausePoints } = useTools().session;
  return (
    <SwitchControl
      label={texts.test.pauseHere}
      value={pausePoints.nodeIds.value.has(id)}
      onChange={() => pausePoints.toggle(id)}
    />
  );
}

function OneNode({ editor, checker, id }: { editor: Editor; checker: Checker; id: string }) {
  const record = editor.document.signalOf(nodeKey(id)).value;
  const edit = useMemo(() => editNode(editor, id), [editor, id]);
  const shown = useSignal<ReadonlySet<string>>(new Set());
  const form = useMemo(() => ({ id, shown }), [id, shown]);
  if (record?.kind !== 'node') return null;
  const { node } = record;
  const view = viewOf(node);
  return (
    <NodeContext.Provider value={form}>
      <header class="inspector-head" style={kindStyle(view)}>
        <span class="card-sign">
          <Icon of={view.icon} />
        </span>
        <h2>{localized(view.name)}</h2>
      </header>
      <Issues node={node} issues={checker.byNode.value.get(id) ?? []} />
      <TextControl
        label={texts.form.label}
        field="label"
        maxLength={200}
        value={node.label}
        onInput={edit.label}
      />
      <NodeForm node={node} edit={edit} />
      <PauseSwitch id={id} />
      <LeadsTo editor={editor} id={id} />
    </NodeContext.Provider>
  );
}

/** Beside the canvas: what is selected, to be changed. */
export function Inspector({ flow }: { flow: OpenFlow }) {
  const { editor, actions, checker } = flow;
  const tools = useMemo(() => createTools(flow), [flow]);
  const { nodes } = editor.selection.current.value;
  const [only] = nodes;
  return (
    <ToolsContext.Provider value={tools}>
      <aside class="inspector" aria-label={texts.inspector}>
        {nodes.size === 1 && only !== undefined ? (
          <OneNode key={only} editor={editor} checker={checker} id={only} />
        ) : nodes.size > 1 ? (
          <ManyNodes count={nodes.size} actions={actions} />
        ) : (
          <FlowForm editor={editor} />
        )}
      </aside>
    </ToolsContext.Provider>
  );
}
