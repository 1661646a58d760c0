import { geminiService, openAiService } from '@crmflow/activities/ai';
import type { JsonObject } from '@crmflow/contracts';
import type { Db } from '@crmflow/db';

/** As many of each as a model is told. */
const most = 20;

/**
 * What a flow of a workspace can use, for the model that writes it: keys by service, never their
 * secrets, and the names of enabled knowledge sources.
 */
export async function readWorkspaceFacts(db: Db, workspaceId: string): Promise<JsonObject> {
  const [keys, knowledge] = await Promise.all([
    db.apiKey.findMany({
      where: { workspaceId, service: { notIn: [geminiService, openAiService] } },
      select: { service: true, hosts: true },
      orderBy: { service: 'asc' },
      take: most,
    }),
    db.knowledgeItem.findMany({
      where: { workspaceId, enabled: true, generation: { gt: 0 } },
      select: { name: true },
      orderBy: { createdAt: 'desc' },
      take: most,
    }),
  ]);
  return { keys, knowledge: knowledge.map(({ name }) => name) };
}
