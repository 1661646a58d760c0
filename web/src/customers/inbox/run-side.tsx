import type { ConversationDetail } from '@crmflow/contracts';
import { readRun } from '../../api/runs.js';
import { may } from '../../session/workspace.js';
import { attributeText } from '../contacts/attribute-text.js';
import { Fact } from '../conversations/conversation-side.js';
import { texts } from '../customers-texts.js';
import { useFetched } from '../use-fetched.js';

/** What the flow is doing, and what it knows. @param lastSeq of what was said, as it may change then */
export function RunSide({
  detail: { currentRunId, runStatus },
  lastSeq,
}: {
  detail: ConversationDetail;
  lastSeq: number;
}) {
  const words = texts.inbox;
  const run = useFetched(`${currentRunId} ${runStatus} ${lastSeq}`, async () =>
    currentRunId === null || !may('transcript.read') ? undefined : readRun(currentRunId),
  );
  if (!run) return null;
  const variables = Object.entries(run.variables ?? {});
  const { waiting } = run;
  return (
    <>
      {waiting && (
        <section aria-labelledby="side-now">
          <h2 id="side-now">{words.flowNow}</h2>
          <p class="small">{words.waitsAt(waiting.label)}</p>
        </section>
      )}
      <section aria-labelledby="side-variables">
        <h2 id="side-variables">{words.variables}</h2>
        {variables.length === 0 ? (
          <p class="small muted">{words.noVariables}</p>
        ) : (
          <dl class="side-facts small">
            {variables.map(([name, value]) => (
              <Fact key={name} label={name}>
                {attributeText(value)}
              </Fact>
            ))}
          </dl>
        )}
      </section>
    </>
  );
}
