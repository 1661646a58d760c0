import {
  AiError,
  type Line,
  questionOf,
  quotePassages,
  situationOf,
  sourcesOf,
  systemOf,
} from '@crmflow/activities/ai';
import type { RunEvent, Suggestion } from '@crmflow/contracts';
import type { Pool } from 'pg';
import type { Access } from '../access/authorize.js';
import { askModel, type GenerateDeps, passagesFor, personalityOf } from '../ai/generate.js';

/** Whoever waits for a draft has written an answer of their own by then. */
const patienceMs = 60_000;

/** So much of what was said last is told to the model. */
const mostMessages = 50;
const mostCharacters = 32_000;

const drafting = [
  'You draft what a member of the team, who is talking to a visitor, might say next. They read it, change it, and decide whether to send it.',
  'Write in the language of the visitor, in the words of a person, and briefly. Messages that begin with [… of the team] are from people of the team; begin none like that.',
  'State only what the conversation or the passages say. Where that is not enough for an answer, do not guess: ask for what is missing, or say that you will find out. Promise nothing that the team has not promised.',
  'Answer with the message and nothing else.',
].join(' ');

const prompt = 'Draft the next message to the visitor.';

const roles = { visitor: 'user', flow: 'ai', operator: 'operator' } as const;

/** What was said last in a conversation, the oldest first. */
async function linesOf(pool: Pool, conversationId: string): Promise<Line[]> {
  const { rows } = await pool.query<{
    role: keyof typeof roles;
    name: string | null;
    text: string;
  }>(
    `SELECT data->>'role' AS role, data->>'name' AS name, data->>'text' AS text
       FROM (SELECT seq, data, sum(length(data->>'text')) OVER (ORDER BY seq DESC) AS characters
               FROM (SELECT seq, data FROM "ConversationEvent"
                      WHERE "conversationId" = $1 AND type = 'message'
                      ORDER BY seq DESC LIMIT ${mostMessages}) newest) sized
      WHERE characters <= ${mostCharacters} ORDER BY seq`,
    [conversationId],
  );
  return rows.map(({ role, name, text }) => ({
    ...{ role: roles[role], text },
    ...(name !== null && { name }),
  }));
}

/**
 * Asks the model, by the key of the workspace and with its knowledge, what might be said next in a
 * conversation. Nobody is told of it, and nothing is stored.
 * @throws AiError; CallError of keys
 */
export async function suggestReply(
  deps: GenerateDeps,
  { workspaceId, principal }: Access,
  conversationId: string,
): Promise<Suggestion> {
  const signal = AbortSignal.timeout(patienceMs);
  const now = Date.now();
  const lines = await linesOf(deps.pool, conversationId);
  try {
    const searched = { workspaceId, ...questionOf(lines, [prompt]) };
    const passages = await passagesFor(deps, searched, signal);
    const personality = await personalityOf(deps, principal.userId);
    const knowledge = quotePassages(passages);
    const instructed = { purpose: 'ai', prompt, system: drafting, knowledge: {} } as const;
    const { text, usage } = await askModel(
      deps.ai,
      {
        ...{ keyOwner: { workspaceId }, lines, prompt },
        system: systemOf(instructed, personality),
        situation: situationOf({ prompt }, now),
        ...(knowledge !== '' && { knowledge }),
      },
      { signal },
    );
    const at = new Date(now).toISOString();
    return { text: text.trim(), sources: sourcesOf(passages), usage, at };
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new AiError('ai_unavailable', 'The model is taking too long. Try again.');
  }
}

type Unsaid = Extract<RunEvent, { type: 'ai.completed' }>['data'];

/**
 * What the model was about to say when a person took over. It is of use to whoever leads the
 * conversation, until they have said something themselves.
 */
export async function readUnsaid(pool: Pool, conversationId: string): Promise<Suggestion | null> {
  const { rows } = await pool.query<{ at: Date; data: Unsaid }>(
    `SELECT l.at, l.data
       FROM "Conversation" c JOIN "ExecutionLog" l ON l."runId" = c."currentRunId"
      WHERE c.id = $1 AND c."heldBy" IS NOT NULL
        AND l.type = 'ai.completed' AND l.data->'suggestion' = 'true'
        AND NOT EXISTS (
          SELECT FROM "ExecutionLog" later
           WHERE later."runId" = l."runId" AND later.seq > l.seq
             AND (later.type = 'message' AND later.data->>'role' = 'operator'
                  OR later.type = 'control.changed' AND later.data->>'by' = 'flow'))
      ORDER BY l.seq DESC LIMIT 1`,
    [conversationId],
  );
  const [row] = rows;
  if (!row || row.data.text.trim() === '') return null;
  const { text, usage, sources = [] } = row.data;
  return { text: text.trim(), sources, usage, at: row.at.toISOString() };
}
