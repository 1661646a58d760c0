import { type AiData, finishFunction, searchFunction } from '@crmflow/contracts';
import { checkAnswerSchema, checkObjectSchema } from './check-answer-schema.js';
import { fieldError, type Finding, notEmpty, required, templateFindings } from './fields.js';

function checkConverse({ converse, schema, saveAs }: AiData): Finding[] {
  if (!converse) return [];
  const { goal, collect, timeout } = converse;
  const hint = 'name the variable that takes the collected fields';
  return [
    ...required('converse.goal', goal, 'write when the conversation has reached what it is for'),
    ...templateFindings('converse.goal', goal),
    ...checkObjectSchema(collect, 'converse.collect'),
    ...(collect ? required('saveAs', saveAs, hint) : []),
    ...notEmpty('converse.timeout', timeout, 'write a duration such as P2D'),
    ...(schema
      ? [fieldError('data_conflict', 'schema', 'is for one answer; use converse.collect instead')]
      : []),
  ];
}

function checkOneAnswer({ converse, prompt, output, saveAs }: AiData): Finding[] {
  if (converse) return [];
  const hint = `name the variable that takes the answer, because output is ${output}`;
  return [
    ...required('prompt', prompt, 'write what the model shall do'),
    ...(output === 'message' ? [] : required('saveAs', saveAs, hint)),
  ];
}

function checkFallback({ fallback, schema }: AiData): Finding[] {
  if (!fallback || fallback.kind === 'error') return [];
  const { kind, text } = fallback;
  return [
    ...(kind === 'text' ? required('fallback.text', text, 'write what shall be said') : []),
    ...templateFindings('fallback.text', text),
    ...(schema
      ? [
          fieldError(
            'data_conflict',
            'fallback',
            'is a text, and the answer is wanted by a schema; leave one of them out',
          ),
        ]
      : []),
  ];
}

function checkTools({ tools = [], schema }: AiData): Finding[] {
  const names = tools.map((tool) => (tool.kind === 'knowledge' ? searchFunction : tool.name));
  const ofTools = tools.flatMap((tool, index): Finding[] => {
    const field = `tools[${index}]`;
    const name = names[index] ?? '';
    const isTwice = name !== '' && names.indexOf(name) < index;
    const twice = isTwice
      ? [fieldError('data_conflict', field, `has the name "${name}" like another; choose another`)]
      : [];
    if (tool.kind === 'knowledge') return twice;
    const reserved = [finishFunction, searchFunction].includes(name)
      ? [fieldError('data_conflict', `${field}.name`, `"${name}" is reserved; choose another`)]
      : [];
    return [
      ...required(`${field}.node`, tool.node, 'choose the integration that it calls'),
      ...required(`${field}.name`, name, 'give the model a name to call it by'),
      ...required(`${field}.description`, tool.description, 'tell the model what it is for'),
      ...checkObjectSchema(tool.parameters, `${field}.parameters`),
      ...(reserved.length > 0 ? reserved : twice),
    ];
  });
  if (tools.length === 0 || !schema) return ofTools;
  const message = 'cannot be used with a schema of the answer: models take one of them only';
  return [...ofTools, fieldError('data_conflict', 'tools', message)];
}

/** What keeps an ai node from running. */
export function checkAi(data: AiData): Finding[] {
  return [
    ...checkOneAnswer(data),
    ...templateFindings('prompt', data.prompt),
    ...templateFindings('system', data.system),
    ...checkAnswerSchema(data.schema),
    ...checkConverse(data),
    ...checkFallback(data),
    ...checkTools(data),
  ];
}
