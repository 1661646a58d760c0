import { type ReadonlySignal, signal } from '@preact/signals';
import type { CreateConversation } from '@crmflow/contracts';
import { newId } from '../new-id.js';
import { type Api, asProblem } from './api.js';
import type { Kept } from './kept.js';
import { browserLocks, oneTabAtATime } from './share.js';

/** What a visit needs. */
export type VisitDeps = {
  api: Api;
  slug: string;
  /** For all tabs. */
  kept: Kept;
  /** For this tab. */
  tab: Kept;
  locale: string;
  /** Called when a conversation has begun here. */
  onBegun(conversationId: string): void;
};

/** Who is here, and in which conversation. */
export type Visit = {
  conversation: ReadonlySignal<string | undefined>;
  /** How the server knows the visitor; undefined until they do something. */
  token(): string | undefined;
  /** Whether the site vouches for the visitor; what is computed from it follows it. */
  isVouched(): boolean;
  /** Takes the JWT by which the site vouches for the visitor, or takes it away. */
  identify(identity: string | undefined): void;
  setInput(input: Record<string, unknown>): void;
  /** Makes the visitor known to the server. @returns their token @throws Problem */
  introduce(): Promise<string>;
  /** Begins a conversation unless there is one. @returns its id @throws Problem */
  begin(): Promise<string>;
  /** Continues a conversation. */
  enter(conversationId: string, token?: string): void;
  /** Leaves the conversation. */
  leave(): void;
  /** Forgets the visitor too. */
  forget(): void;
};

/** Keeps who is here and which conversation this is; nothing on the device before one begins. */
export function createVisit({ api, slug, kept, tab, locale, onBegun }: VisitDeps): Visit {
  const conversation = signal<string>();
  let token = kept.read('token') ?? undefined;
  const identity = signal<string>();
  let isIntroduced = false;
  let input: Record<string, unknown> | undefined;
  let beginning: Promise<string> | undefined;

  async function introduce(): Promise<string> {
    if (token && (identity.peek() === undefined || isIntroduced)) return token;
    try {
      token = await api.createVisitor(identity.peek(), token);
    } catch (error) {
      // The token that was kept is no longer valid: ask again without it.
      if (!token || asProblem(error).code !== 'unauthenticated') throw error;
      token = await api.createVisitor(identity.peek());
    }
    isIntroduced = true;
    return token;
  }

  function enter(id: string, as = token): void {
    token = as;
    conversation.value = id;
    kept.write('token', token ?? '');
    kept.write('conversation', id);
    tab.write('conversation', id);
  }

  async function create(): Promise<string> {
    // Another tab may have begun one while this one waited for its turn.
    const begun = conversation.peek();
    if (begun !== undefined) return begun;
    const own = await introduce();
    const requestId = kept.read('request') ?? newId();
    // If this is repeated after a reload, the server returns the same conversation.
    kept.write('token', own);
    kept.write('request', requestId);
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const body = {
      requestId,
      ...(input && { input: input as NonNullable<CreateConversation['input']> }),
      locale,
      ...(timeZone && { timezone: timeZone }),
      ...(kept.read('consent') && { consent: kept.read('consent') ?? '' }),
    };
    try {
      const id = await api.begin(own, body);
      kept.write('request', '');
      enter(id);
      onBegun(id);
      return id;
    } catch (error) {
      const { status } = asProblem(error);
      if (status >= 400 && status < 429) kept.write('request', '');
      throw error;
    }
  }

  function leave(): void {
    conversation.value = undefined;
    kept.write('conversation', '');
    tab.write('conversation', '');
  }

  return {
    conversation,
    token: () => token,
    isVouched: () => identity.value !== undefined,
    identify(next) {
      isIntroduced &&= next === identity.peek();
      identity.value = next;
    },
    setInput: (next) => void (input = next),
    introduce,
    begin() {
      const id = conversation.peek();
      if (id !== undefined) return Promise.resolve(id);
      beginning ??= oneTabAtATime(`crmflow.begin.${slug}`, create, browserLocks()).finally(
        () => (beginning = undefined),
      );
      return beginning;
    },
    enter,
    leave,
    forget() {
      leave();
      token = undefined;
      isIntroduced = false;
      kept.write('token', '');
      kept.write('request', '');
    },
  };
}
