import type { FlowNodeInput } from '@crmflow/contracts';
import { type EditorTexts, texts as current } from '../editor-texts.js';

type Labels = { [field: string]: string };

const shared = ({ form }: EditorTexts): Labels => ({ label: form.label });

function aiLabels(texts: EditorTexts, isConversing: boolean): Labels {
  const { form, converse, fallback, modelTools, schema, knowledge } = texts;
  return {
    prompt: isConversing ? converse.how : form.prompt,
    system: form.system,
    model: form.model,
    temperature: form.temperature,
    timeout: form.attemptTimeout,
    retryFor: form.retryFor,
    saveAs: form.saveAs,
    output: form.output,
    schema: schema.use,
    knowledge: knowledge.from,
    'converse.goal': converse.goal,
    'converse.collect': converse.collect,
    'converse.maxTurns': converse.turns,
    'converse.timeout': converse.timeout,
    fallback: fallback.title,
    'fallback.text': fallback.text,
    tools: modelTools.part,
    'tools[].node': modelTools.integration,
    'tools[].parameters': modelTools.parameters,
  };
}

/** What the form of a node calls its fields, by the names of its data. */
function labelsOf(node: FlowNodeInput, texts: EditorTexts): Labels {
  const { form, auth } = texts;
  switch (node.type) {
    case 'trigger':
      return { kind: form.starts };
    case 'speak':
      return {
        mode: form.mode,
        text: node.data.mode === 'ai' ? form.gist : form.text,
        timeout: form.attemptTimeout,
        retryFor: form.retryFor,
      };
    case 'listen':
      return {
        variable: form.variable,
        expect: form.expects,
        choices: form.choices,
        'choices[].label': form.choiceLabel,
        'choices[].value': form.choiceValue,
        pattern: form.pattern,
        retries: form.retries,
        retryText: form.retryText,
        timeout: form.timeout,
        reminders: form.reminders,
        'reminders[].after': form.reminderAfter,
        'reminders[].text': form.reminderText,
      };
    case 'ai':
      return aiLabels(texts, node.data.converse !== undefined);
    case 'logic':
      return {
        kind: form.does,
        cases: form.cases,
        'cases[].handle': form.caseName,
        'cases[].when': form.when,
        assign: form.assign,
        'assign[].name': form.variableName,
        'assign[].value': form.value,
        duration: form.length,
        until: form.instant,
      };
    case 'integration':
      return {
        method: form.method,
        url: form.url,
        headers: form.headers,
        query: form.query,
        body: form.body,
        saveAs: form.saveAs,
        timeout: form.attemptTimeout,
        retryFor: form.retryFor,
        auth: auth.key,
        'auth.name': node.data.auth?.in === 'query' ? auth.queryName : auth.headerName,
      };
  }
}

/**
 * What a form calls a field: `choices[1].label` is “Choices 2, Shown”. What a form has no name for
 * is called by its path.
 */
export function fieldLabel(
  node: FlowNodeInput,
  field: string,
  texts: EditorTexts = current,
): string {
  const labels = { ...shared(texts), ...labelsOf(node, texts) };
  const [, list = '', row, inner = ''] = /^([a-zA-Z]+)(?:\[(\d+)\])?(?:\.(.*))?$/.exec(field) ?? [];
  if (row !== undefined) {
    const part = inner === '' ? '' : (labels[`${list}[].${inner.split(/[.[]/)[0]}`] ?? inner);
    return `${labels[list] ?? list} ${Number(row) + 1}${part && `, ${part}`}`;
  }
  const whole = labels[field] ?? labels[`${list}.${inner.split(/[.[]/)[0]}`];
  if (whole !== undefined) return whole;
  const label = labels[list];
  if (label === undefined) return field;
  return inner === '' ? label : `${label}, ${inner}`;
}
