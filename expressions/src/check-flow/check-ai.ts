import {
  type AiData,
  because,
  finishFunction,
  type FlowIssue,
  modelNamePattern,
  searchFunction,
} from '@crmflow/contracts';
import { checkAnswerSchema, checkObjectSchema } from './check-answer-schema.js';
import { checkTimeLimit, issueAt, required } from './fields.js';

function checkConverse({ converse, schema, saveAs }: AiData): FlowIssue[] {
  if (!converse) return [];
  const { goal, collect, timeout } = converse;
  return [
    ...required('converse.goal', goal, because('goal_missing')),
    ...checkObjectSchema(collect, 'converse.collect'),
    ...(collect ? required('saveAs', saveAs, because('collect_variable_missing')) : []),
    ...checkTimeLimit('converse.timeout', timeout),
    ...(schema ? [issueAt('schema', because('schema_beside_goal'))] : []),
  ];
}

function checkOneAnswer({ converse, prompt, output, saveAs }: AiData): FlowIssue[] {
  if (converse) return [];
  return [
    ...required('prompt', prompt, because('prompt_missing')),
    ...(output === 'message' ? [] : required('saveAs', saveAs, because('answer_variable_missing'))),
  ];
}

function checkFallback({ fallback, schema }: AiData): FlowIssue[] {
  if (!fallback || fallback.kind === 'error') return [];
  const { kind, text } = fallback;
  return [
    ...(kind === 'text' ? required('fallback.text', text, because('fallback_text_missing')) : []),
    ...(schema ? [issueAt('fallback', because('schema_beside_fallback'))] : []),
  ];
}

function checkTools({ tools = [], schema }: AiData): FlowIssue[] {
  const names = tools.map((tool) => (tool.kind === 'knowledge' ? searchFunction : tool.name));
  const ofTools = tools.flatMap((tool, index): FlowIssue[] => {
    const field = `tools[${index}]`;
    const row = { number: index + 1 };
    const name = names[index] ?? '';
    const isTwice = name !== '' && names.indexOf(name) < index;
    const twice = isTwice ? [issueAt(field, because('tool_name_duplicate', { name }))] : [];
    if (tool.kind === 'knowledge') return twice;
    const isReserved = name === finishFunction || name === searchFunction;
    return [
      ...required(`${field}.node`, tool.node, because('tool_integration_missing', row)),
      ...required(`${field}.name`, name, because('tool_name_missing', row)),
      ...required(
        `${field}.description`,
        tool.description,
        because('tool_description_missing', row),
      ),
      ...checkObjectSchema(tool.parameters, `${field}.parameters`),
      ...(isReserved ? [issueAt(`${field}.name`, because('tool_name_reserved', { name }))] : twice),
    ];
  });
  if (tools.length === 0 || !schema) return ofTools;
  return [...ofTools, issueAt('tools', because('schema_beside_tools'))];
}

function checkModel({ model }: AiData): FlowIssue[] {
  if (model === undefined || modelNamePattern.test(model)) return [];
  return [issueAt('model', because('model_invalid'))];
}

/** What keeps an ai node from running. */
export function checkAi(data: AiData): FlowIssue[] {
  return [
    ...checkOneAnswer(data),
    ...checkModel(data),
    ...checkAnswerSchema(data.schema),
    ...checkConverse(data),
    ...checkFallback(data),
    ...checkTools(data),
  ];
}
