import { AiError, type AiProvider, type Line } from '@crmflow/activities/ai';
import type {
  FieldError,
  FlowInput,
  GeneratedFlow,
  GenerateFlow,
  Json,
  Usage,
  WritingStage,
} from '@crmflow/contracts';
import { AppError } from '../../errors/app-error.js';
import { type Checked, checkWritten } from './check-written.js';
import { changeInstruction, flowInstruction } from './instruction.js';
import { layOutFlow } from './lay-out-flow.js';
import { toFlow } from './to-flow.js';
import { writtenFlowSchema } from './written-schema.js';

/** Told how far it is; `characters` are those that the model has written. */
export type OnStage = (stage: WritingStage, characters?: number) => void;

/** Who asks, and who is told. */
export type Writing = { workspaceId: string; signal: AbortSignal; onStage: OnStage };

type Written = { text: string; usage: Usage; checked: Checked };

/** Whoever waits is told this often while the model writes. */
const tellEvery = 200;

function flowLine({ workflow }: GenerateFlow): Line[] {
  if (!workflow) return [];
  const { name, description, variables, nodes, edges } = workflow;
  const shown = nodes.map(({ id, type, label, data }) => ({ id, type, label, data }));
  const flow = { name, description, variables, nodes: shown, edges };
  return [{ role: 'user', text: JSON.stringify(flow) }];
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

async function write(
  ai: AiProvider,
  asked: GenerateFlow,
  { workspaceId, signal, onStage }: Writing,
  question: { lines: Line[]; prompt: string },
): Promise<Written> {
  const system = [flowInstruction, ...(asked.workflow ? [changeInstruction] : [])].join('\n\n');
  const request = {
    ...{
      keyOwner: { workspaceId },
      ...question,
      system,
      temperature: 0.2,
      schema: writtenFlowSchema,
    },
    ...(asked.model !== undefined && { model: asked.model }),
  };
  let text = '';
  let told = 0;
  let usage: Usage = { inputTokens: 0, outputTokens: 0 };
  for await (const piece of ai.stream(request, signal)) {
    if (!('text' in piece)) usage = piece.usage;
    else text += piece.text;
    if (text.length - told < tellEvery) continue;
    told = text.length;
    onStage('writing', told);
  }
  if (text.trim() === '') throw new AiError('ai_empty', 'The model returned no text. Try again.');
  onStage('checking', text.length);
  return { text, usage, checked: checkWritten(toFlow(parse(text), asked.workflow)) };
}

const inWords = (faults: readonly FieldError[]) =>
  faults.map(({ path, message }) => `- ${path}: ${message}`).join('\n');

function sum(one: Usage, other: Usage): Usage {
  const inputTokens = one.inputTokens + other.inputTokens;
  const outputTokens = one.outputTokens + other.outputTokens;
  if (one.costUsd === undefined || other.costUsd === undefined) {
    return { inputTokens, outputTokens };
  }
  return { inputTokens, outputTokens, costUsd: one.costUsd + other.costUsd };
}

function layOutAsNeeded(
  flow: FlowInput,
  whole: Parameters<typeof layOutFlow>[1],
  before: GenerateFlow['workflow'],
): FlowInput {
  const known = new Set(before?.nodes.map(({ id }) => id));
  // Where nothing is new, everything stays where it was put.
  return flow.nodes.every(({ id }) => known.has(id)) ? flow : layOutFlow(flow, whole);
}

/**
 * Has the model write a flow, or change one; it is checked as publishing would, and where it has
 * faults the model is told once and writes it again. Nothing is saved.
 * @throws AppError `ai_flow_invalid` with the faults that are left; AiError; CallError of keys
 */
export async function generateFlow(
  ai: AiProvider,
  asked: GenerateFlow,
  writing: Writing,
): Promise<GeneratedFlow> {
  const { onStage } = writing;
  const lines = flowLine(asked);
  onStage('asking');
  let written = await write(ai, asked, writing, { lines, prompt: asked.prompt });
  let { usage } = written;
  if (!written.checked.ok) {
    onStage('repairing');
    const faults = inWords(written.checked.faults);
    written = await write(ai, asked, writing, {
      lines: [...lines, { role: 'user', text: asked.prompt }, { role: 'ai', text: written.text }],
      prompt: `The flow has these errors. Write the whole flow again without them:\n${faults}`,
    });
    usage = sum(usage, written.usage);
  }
  const { checked } = written;
  if (!checked.ok) {
    const detail =
      'The model could not write a valid flow, even after it was given the errors. Rephrase the description, or ask for less at once.';
    throw new AppError('ai_flow_invalid', detail, { errors: checked.faults });
  }
  onStage('laying_out');
  const workflow = layOutAsNeeded(checked.flow, checked.whole, asked.workflow);
  return { workflow, problems: checked.problems, usage };
}
