import type { Signal } from '@preact/signals';
import { type Api, asProblem } from './api.js';
import type { Notice } from './model.js';
import type { Visit } from './visit.js';

type OwnDataDeps = { api: Api; visit: Visit; notice: Signal<Notice | undefined> };

/** What customers can do with what is stored about them, and with the conversation as a whole. */
export function createOwnData({ api, visit, notice }: OwnDataDeps) {
  const token = () => visit.token() ?? '';
  const orNotice = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      notice.value = { code: asProblem(error).code };
      return undefined;
    }
  };
  return {
    hasData: () => token() !== '',

    /** @returns whether it was stored */
    async rate(score: number, text: string): Promise<boolean> {
      const id = visit.conversation.peek();
      if (id === undefined) return false;
      return api.rate(token(), id, score, text).then(
        () => true,
        () => false,
      );
    },

    download: () => orNotice(() => api.export(token())),

    past: () =>
      orNotice(async () =>
        (await api.list(token())).filter(
          ({ id, lastMessage }) => lastMessage && id !== visit.conversation.peek(),
        ),
      ),

    /** @returns whether everything is deleted */
    async erase(): Promise<boolean> {
      try {
        await api.erase(token());
      } catch (error) {
        const { code } = asProblem(error);
        // The server knows no such visitor, and so stores nothing about them.
        if (code === 'unauthenticated') return true;
        notice.value = { code };
        return false;
      }
      return true;
    },
  };
}
