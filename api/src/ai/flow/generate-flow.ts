import { AiError, type AiProvider, isCut, type Line } from '@crmflow/activities/ai';
import type {
  FieldError,
  FlowInput,
  GeneratedFlow,
  GenerateFlow,
  IssueCode,
  JsonObject,
  Usage,
  WritingStage,
} from '@crmflow/contracts';
import { AppError } from '../../errors/app-error.js';
import { type Checked, checkWritten } from './check-written.js';
import { changeInstruction, flowInstruction, mostNodes } from './instruction.js';
import { layOutFlow } from './lay-out-flow.js';
import { meantFlow } from './meant-flow.js';
import { mendFlow } from './mend-flow.js';
import { readWritten } from './read-written.js';
import { toFlow } from './to-flow.js';
import { writtenFlowSchema } from './written-schema.js';

/** Told how far it is; `characters` are those that the model has written. */
export type OnStage = (stage: WritingStage, characters?: number) => void;

/** Who asks, what their workspace has (`readWorkspaceFacts`), and who is told. */
export type Writing = {
  workspaceId: string;
  facts: JsonObject;
  signal: AbortSignal;
  onStage: OnStage;
};

type Written = { text: string; usage: Usage; checked: Checked };

/** Whoever waits is told this often while the model writes. */
const tellEvery = 200;

/** Warnings that are worth another call: a flow with one of these would disappoint its customers. */
const grave = new Set<IssueCode>([
  ...(['unreachable', 'loop_without_wait', 'variable_unknown'] as const),
  ...(['answer_unheard', 'brace_stray', 'host_refused'] as const),
]);

function data(facts: JsonObject, { workflow }: GenerateFlow): Line[] {
  const told: Line = { role: 'user', text: JSON.stringify(facts) };
  if (!workflow) return [told];
  const { name, description, variables, nodes, edges } = workflow;
  const shown = nodes.map(({ id, type, label, data }) => ({ id, type, label, data }));
  const flow = { name, description, variables, nodes: shown, edges };
  return [told, { role: 'user', text: JSON.stringify(flow) }];
}

/** Where the name is missing, a flow is called by what was asked for. */
function named(flow: JsonObject, { prompt, workflow }: GenerateFlow): JsonObject {
  if (typeof flow['name'] === 'string' && flow['name'].trim() !== '') return flow;
  const [line = ''] = prompt.trim().split('\n', 1);
  return { ...flow, name: workflow?.name ?? line.slice(0, 60).trim().toWellFormed() };
}

function check(text: string, isCut: boolean, asked: GenerateFlow): Checked {
  const { workflow } = asked;
  const read = readWritten(text, isCut);
  if ('fault' in read) return { ok: false, faults: [{ path: 'flow', message: read.fault }] };
  const flow = mendFlow(toFlow(meantFlow(read.written), workflow));
  const checked = checkWritten(named(flow, asked));
  const most = mostNodes + (workflow?.nodes.length ?? 0);
  if (!checked.ok || checked.flow.nodes.length <= most) return checked;
  const message = `The flow has ${checked.flow.nodes.length} nodes, and at most ${most} can be written at once. Write a smaller flow`;
  return { ok: false, faults: [{ path: 'nodes', message }] };
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
  let wasCut = false;
  for await (const piece of ai.stream(request, signal)) {
    if ('text' in piece) text += piece.text;
    else {
      usage = piece.usage;
      wasCut = isCut(piece);
    }
    if (text.length - told < tellEvery) continue;
    told = text.length;
    onStage('writing', told);
  }
  if (text.trim() === '') throw new AiError('ai_empty', 'The model returned no text. Try again.');
  onStage('checking', text.length);
  return { text, usage, checked: check(text, wasCut, asked) };
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

/** What the model is to be told of what it wrote; nothing where it is as it should be. */
function remarksOn(checked: Checked): readonly FieldError[] {
  if (!checked.ok) return checked.faults;
  return checked.problems
    .filter(({ code }) => grave.has(code))
    .map(({ nodeId, edgeId, message }) => ({ path: nodeId ?? edgeId ?? 'flow', message }));
}

/**
 * Has the model write a flow, or change one. Small faults are mended; it is checked as publishing
 * would, and where faults are left, or what would not work as meant, the model is told once and
 * writes it again. Nothing is saved.
 * @throws AppError `ai_flow_invalid` with the faults that are left; AiError; CallError of keys
 */
export async function generateFlow(
  ai: AiProvider,
  asked: GenerateFlow,
  writing: Writing,
): Promise<GeneratedFlow> {
  const { facts, onStage } = writing;
  const lines = data(facts, asked);
  onStage('asking');
  const first = await write(ai, asked, writing, { lines, prompt: asked.prompt });
  let { checked, usage } = first;
  const remarks = remarksOn(checked);
  if (remarks.length > 0) {
    onStage('repairing');
    const again = await write(ai, asked, writing, {
      lines: [...lines, { role: 'user', text: asked.prompt }, { role: 'ai', text: first.text }],
      prompt: `The flow has these errors. Write the whole flow again without them:\n${inWords(remarks)}`,
    });
    usage = sum(usage, again.usage);
    // A flow that runs is better than none, if not all in it works as meant.
    if (again.checked.ok || !checked.ok) checked = again.checked;
  }
  if (!checked.ok) {
    const detail =
      'The model could not write a valid flow, even after it was given the errors. Rephrase the description, or ask for less at once.';
    throw new AppError('ai_flow_invalid', detail, { errors: checked.faults });
  }
  onStage('laying_out');
  const workflow = layOutAsNeeded(checked.flow, checked.whole, asked.workflow);
  return { workflow, problems: checked.problems, usage };
}
