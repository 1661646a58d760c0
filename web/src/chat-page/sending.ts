import { type Signal, signal } from '@preact/signals';
import type { PublicChat } from '@crmflow/contracts';
import { createOutbox, type Delivery } from '../chat/outbox.js';
import { newId } from '../new-id.js';
import { type Api, asProblem, type Problem } from './api.js';
import type { Kept } from './kept.js';
import type { Notice } from './model.js';
import type { Visit } from './visit.js';

/** A shorter wait is over before a notice of it is read. */
const noteworthyMs = 8_000;

type SendingDeps = {
  api: Api;
  config: PublicChat;
  kept: Kept;
  visit: Visit;
  notice: Signal<Notice | undefined>;
};

/** Sends messages and begins conversations, and handles whatever gets in the way. */
export function createSending({ api, config, kept, visit, notice }: SendingDeps) {
  const isAskingConsent = signal(false);
  const isStarting = signal(false);
  let retryAt = 0;

  const outbox = createOutbox({
    ...{ key: 'outbox', storage: kept, newId, now: () => new Date() },
    isConnected: () => navigator.onLine && Date.now() >= retryAt && !isAskingConsent.peek(),
    send: deliver,
  });

  /** Handles a request that failed. @returns whether it can succeed later */
  function judge({ code, status, retryMs }: Problem): boolean {
    if (code === 'consent_required' && config.consent) {
      kept.write('consent', '');
      isAskingConsent.value = true;
      return true;
    }
    if (code === 'unauthenticated') {
      visit.forget();
      return true;
    }
    if (status === 429) {
      retryAt = Date.now() + Math.max(retryMs, 2_000);
      if (retryMs > noteworthyMs) notice.value = { code, until: retryAt };
      setTimeout(goOn, retryAt - Date.now() + 100);
      return true;
    }
    return status === 0 || status >= 500 || code === 'run_finished';
  }

  function goOn(): void {
    if (notice.peek()?.until !== undefined && Date.now() >= retryAt) notice.value = undefined;
    outbox.flush();
  }

  async function deliver(messageId: string, text: string): Promise<Delivery> {
    let id;
    try {
      id = await visit.begin();
      await api.say(visit.token() ?? '', id, messageId, text);
      notice.value = undefined;
      return { ok: true };
    } catch (error) {
      const problem = asProblem(error);
      if (problem.status === 404 && id !== undefined) {
        visit.leave();
        return undefined;
      }
      if (judge(problem)) return undefined;
      return { ok: false, code: problem.code as never, message: '' };
    }
  }

  return {
    outbox,
    isAskingConsent,
    isStarting,

    /** Sends what waits, unless the server has asked for a longer pause. */
    goOn,

    /** Does something that begins a conversation or makes the visitor known, and shows why it failed. */
    async attempt(work: () => Promise<unknown>): Promise<void> {
      isStarting.value = true;
      notice.value = undefined;
      try {
        await work();
      } catch (error) {
        const problem = asProblem(error);
        judge(problem);
        if (!isAskingConsent.peek()) notice.value ??= { code: problem.code };
      } finally {
        isStarting.value = false;
      }
    },
  };
}
