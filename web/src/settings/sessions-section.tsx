import type { SessionSummary } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { endSession, listSessions } from '../api/account.js';
import { asApiError } from '../api/as-api-error.js';
import { Button } from '../ui/button.js';
import { ConfirmDialog } from '../ui/dialog/confirm-dialog.js';
import { toast } from '../ui/toast/toast.js';
import { ago } from '../ui/format/when.js';
import { deviceName } from './device.js';
import { Fetched } from '../ui/fetched.js';
import { texts } from './settings-texts.js';

function SessionRow({ session, onEnd }: { session: SessionSummary; onEnd: () => void }) {
  const words = texts.sessions;
  const name = deviceName(session.userAgent);
  const { lastSeenAt, createdAt, ip } = session;
  return (
    <li class="setting-row">
      <div>
        <strong>{name}</strong>{' '}
        {session.current && <span class="badge small">{words.current}</span>}
        <p class="small muted">
          {[
            lastSeenAt === undefined ? words.since(ago(createdAt)) : words.seen(ago(lastSeenAt)),
            ...(ip === undefined ? [] : [ip]),
          ].join(' · ')}
        </p>
      </div>
      {!session.current && (
        <Button size="small" aria-label={words.endNamed(name)} onClick={onEnd}>
          {words.end}
        </Button>
      )}
    </li>
  );
}

/** Where one is signed in. */
export function SessionsSection() {
  const words = texts.sessions;
  const isAsked = useSignal(false);
  return (
    <>
      <p class="muted">{words.text}</p>
      <Fetched label={words.loading} failed={texts.failed} fetch={listSessions}>
        {(sessions, reload) => {
          const others = sessions.filter(({ current }) => !current);
          const end = async (session: SessionSummary) => {
            try {
              await endSession(session.id);
              toast(words.ended);
            } catch (error) {
              toast(asApiError(error).message, { kind: 'failed' });
            }
            await reload();
          };
          return (
            <>
              <ul class="setting-rows">
                {sessions.map((session) => (
                  <SessionRow key={session.id} session={session} onEnd={() => void end(session)} />
                ))}
              </ul>
              {others.length > 1 && (
                <div>
                  <Button onClick={() => (isAsked.value = true)}>{words.endOthers}</Button>
                </div>
              )}
              {isAsked.value && (
                <ConfirmDialog
                  title={words.endOthersTitle}
                  text={words.endOthersText}
                  confirm={words.endOthers}
                  onConfirm={async () => {
                    for (const { id } of others) await endSession(id);
                    await reload();
                  }}
                  onClose={() => (isAsked.value = false)}
                />
              )}
            </>
          );
        }}
      </Fetched>
    </>
  );
}
