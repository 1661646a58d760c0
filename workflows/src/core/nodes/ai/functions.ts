import {
  type AiData,
  finishFunction,
  type JsonObject,
  type ModelFunction,
  searchFunction,
} from '@crmflow/contracts';

const summary: JsonObject = {
  type: 'object',
  properties: {
    summary: {
      type: 'string',
      description: 'What came of the conversation, in a sentence or two.',
    },
  },
  required: ['summary'],
};

const query: JsonObject = {
  type: 'object',
  properties: {
    query: {
      type: 'string',
      description: 'What to look for, in words that the documents may use.',
    },
  },
  required: ['query'],
};

/** The functions that the model of a node may call, in the order of its tools. */
export function functionsOf({ tools = [], converse }: AiData): ModelFunction[] {
  const ofTools = tools.map((tool): ModelFunction => {
    if (tool.kind === 'knowledge') {
      const description = tool.description || 'Finds passages in the documents of the company.';
      return { name: searchFunction, description, parameters: query };
    }
    const { name, description, parameters } = tool;
    return { name, description, ...(parameters && { parameters }) };
  });
  if (!converse) return ofTools;
  const description = converse.collect
    ? 'Ends the conversation: its goal is met, and every field was said by the visitor.'
    : 'Ends the conversation: its goal is met.';
  const parameters = converse.collect ?? summary;
  return [...ofTools, { name: finishFunction, description, parameters }];
}
