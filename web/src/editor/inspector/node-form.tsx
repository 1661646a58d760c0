import type { FlowNodeInput } from '@crmflow/contracts';
import type { NodeEdit } from './edit.js';
import { AiForm } from './forms/ai-form.js';
import { IntegrationForm } from './forms/integration-form.js';
import { ListenForm } from './forms/listen-form.js';
import { LogicForm } from './forms/logic-form.js';
import { SpeakForm } from './forms/speak-form.js';
import { TriggerForm } from './forms/trigger-form.js';

/** The form of a node's kind. */
export function NodeForm({ node, edit }: { node: FlowNodeInput; edit: NodeEdit }) {
  switch (node.type) {
    case 'trigger':
      return <TriggerForm data={node.data} edit={edit} />;
    case 'speak':
      return <SpeakForm data={node.data} edit={edit} />;
    case 'listen':
      return <ListenForm data={node.data} edit={edit} />;
    case 'ai':
      return <AiForm data={node.data} edit={edit} />;
    case 'logic':
      return <LogicForm data={node.data} edit={edit} />;
    case 'integration':
      return <IntegrationForm data={node.data} edit={edit} />;
  }
}
