import type { DataInputOf, FlowNodeInput, KindId } from '@crmflow/contracts';
import { kindOf } from '@crmflow/contracts/nodes';
import type { ComponentChildren } from 'preact';
import { lazyPart } from '../../ui/lazy.js';
import type { NodeEdit } from './edit.js';
import { AiForm } from './forms/ai-form.js';
import { ContactForm } from './forms/contact-form.js';
import { HandoffForm } from './forms/handoff-form.js';
import { HttpForm } from './forms/http-form.js';
import { ListenForm } from './forms/listen-form.js';
import { BranchForm, LogicForm, SetForm, WaitForm } from './forms/logic-form.js';
import { RespondForm } from './forms/respond-form.js';
import { SpeakForm } from './forms/speak-form.js';
import { TriggerForm } from './forms/trigger-form.js';
import { soundData } from './sound-data.js';

type FormProps<K extends KindId> = { data: DataInputOf<K>; edit: NodeEdit<K> };

const CalledFlowForm = lazyPart<FormProps<'flow'>>(
  async () => (await import('./forms/called-flow-form.js')).CalledFlowForm,
);

const forms: { [K in KindId]: (props: FormProps<K>) => ComponentChildren } = {
  trigger: TriggerForm,
  speak: SpeakForm,
  listen: ListenForm,
  ai: AiForm,
  branch: BranchForm,
  set: SetForm,
  wait: WaitForm,
  http: HttpForm,
  contact: ContactForm,
  respond: RespondForm,
  handoff: HandoffForm,
  flow: (props) => <CalledFlowForm {...props} />,
};

/** A form as all kinds have in common; it only meets nodes of its own kind. */
type AnyForm = (props: { data: FlowNodeInput['data']; edit: NodeEdit }) => ComponentChildren;

/** The form of a node's kind. */
export function NodeForm({ node, edit }: { node: FlowNodeInput; edit: NodeEdit }) {
  const kind = kindOf(node);
  if (!kind) return <LogicForm edit={edit} />;
  const Form = forms[kind] as AnyForm;
  return <Form data={soundData(node.data)} edit={edit} />;
}
