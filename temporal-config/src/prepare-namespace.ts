import type { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';

const daySeconds = 86_400;

/**
 * Looks a namespace up, and has it keep ended runs for as many days as wanted
 * where it would keep them for less (a dev server's default is one day).
 * @throws Error where the server does not answer, or has no such namespace
 */
export async function prepareNamespace(
  { workflowService }: Connection,
  { namespace, retentionDays }: { namespace: string; retentionDays: number },
): Promise<void> {
  const { config } = await workflowService.describeNamespace({ namespace });
  const kept = Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0);
  const wanted = retentionDays * daySeconds;
  if (kept >= wanted) return;
  await workflowService.updateNamespace({
    namespace,
    config: { workflowExecutionRetentionTtl: msToTs(wanted * 1000) },
  });
}
