import { computed, effect, signal } from '@preact/signals';
import type { VisitorConversation } from '@crmflow/contracts';
import { asProblem } from './api.js';
import { type Follower, follow } from './follow.js';
import { keepOnPage } from './kept.js';
import type { FromSite } from './protocol.js';
import { openChannel } from './share.js';
import type { Chat, ChatDeps, Notice, Place } from './model.js';
import { createOwnData } from './own-data.js';
import { createSending } from './sending.js';
import { emptyTranscript, type Frame, type Transcript } from './transcript.js';
import { createVisit } from './visit.js';
import { createWriter } from './writer.js';

/** How long somebody seems to write: after they said so, and after they were asked. */
const typingMs = 6_000;
const answeringMs = 25_000;
/** How often the server is told that the visitor is typing. */
const typingEveryMs = 4_000;

/** Messages between tabs of one chat. */
type TabNews = { begun: string; token: string } | { gone: true };

/** Makes the chat of a page, and finds out what to show. */
export function createChat({ slug, config, api, site, locale, frame }: ChatDeps): Chat {
  const { kept } = site;
  const tab = keepOnPage('sessionStorage', slug);
  const tabs = openChannel(`crmflow.chat.${slug}`);
  const transcript = signal<Transcript>(emptyTranscript);
  const isLoading = signal(false);
  const isConnected = signal(true);
  const { writer, show: showWriter } = createWriter();
  const notice = signal<Notice>();
  const earlier = signal<VisitorConversation>();
  const isArriving = signal(true);
  const isShown = signal(true);
  const draft = signal(tab.read('draft') ?? '');
  let follower: Follower | undefined;
  let typedAt = 0;
  let unread = 0;
  let said: (text: string) => void = () => undefined;

  const visit = createVisit({
    ...{ api, slug, kept, tab, locale },
    onBegun(conversationId) {
      tabs?.postMessage({ begun: conversationId, token: visit.token() });
      site.tell({ type: 'event', name: 'started', data: { conversationId } });
      if (config.greets) showWriter('flow', answeringMs);
    },
  });
  const { conversation } = visit;
  const own = createOwnData({ api, visit, notice });
  const { outbox, isAskingConsent, isStarting, attempt, goOn } = createSending({
    ...{ api, config, kept, visit, notice },
  });

  function onNews(news: Frame): void {
    if (news.kind === 'typing') showWriter(news.by, news.by === 'flow' ? answeringMs : typingMs);
    if (news.kind !== 'event') return;
    const { event } = news;
    if (event.type === 'message' && event.role === 'visitor') {
      if (transcript.peek().control === 'flow') showWriter('flow', answeringMs);
      return;
    }
    showWriter(undefined);
    if (event.type === 'finished') site.tell({ type: 'event', name: 'finished' });
    if (event.type !== 'message') return;
    const { role, text } = event;
    site.tell({ type: 'event', name: 'message', data: { role, text } });
    said(text);
    if (!isShown.peek()) site.tell({ type: 'unread', count: ++unread });
  }

  effect(() => {
    const id = conversation.value;
    follower?.stop();
    follower = undefined;
    transcript.value = emptyTranscript;
    isConnected.value = true;
    if (id === undefined) return;
    isLoading.value = true;
    follower = follow({
      ...{ api, id, transcript, onNews, token: visit.token() ?? '' },
      onLoaded: () => (isLoading.value = false),
      onLink: (isUp) => {
        isConnected.value = isUp;
        if (isUp) outbox.flush();
      },
      onLost(problem) {
        if (problem.code === 'unauthenticated') visit.forget();
        else visit.leave();
        notice.value = { code: 'conversation_lost' };
      },
    });
  });

  effect(() => {
    const { lines } = transcript.value;
    if (outbox.messages.value.length === 0) return;
    outbox.remove(new Set(lines.flatMap((line) => (line.type === 'message' ? line.id : []))));
  });

  const needsConsent = () =>
    config.consent !== null && kept.read('consent') !== config.consent.version;

  function atHome(): void {
    const isGesture = frame === 'bubble' || frame === 'popup';
    const canStart = config.greets && !needsConsent() && blocked.peek() === undefined;
    if (isGesture && canStart && outbox.messages.peek().length === 0) chat.start();
  }

  /** Finds out what somebody who comes (back) should see. */
  async function arrive(): Promise<void> {
    const identity = visit.isVouched();
    isArriving.value = true;
    notice.value = undefined;
    try {
      if (identity) await visit.introduce();
      if (conversation.peek() !== undefined) return;
      const token = visit.token();
      const known = kept.read('conversation');
      const isSending = outbox.messages.peek().length > 0;
      const isUnderWay = isSending || tab.read('conversation') === known;
      // What is on its way to a conversation that has not begun will begin it.
      if (!token || (isSending && !known)) return atHome();
      if (config.onReturn === 'new' && !(known && isUnderWay)) return atHome();
      if (known && (isUnderWay || config.onReturn === 'resume')) return visit.enter(known);
      const [newest] = await api.list(token);
      if (conversation.peek() !== undefined) return;
      if (newest && config.onReturn === 'resume') return visit.enter(newest.id);
      earlier.value = newest;
      if (!newest) atHome();
    } catch (error) {
      const problem = asProblem(error);
      if (problem.code === 'unauthenticated') visit.forget();
      else notice.value = { code: problem.code };
    } finally {
      isArriving.value = false;
      outbox.flush();
    }
  }

  function goHome(): void {
    earlier.value = undefined;
    showWriter(undefined);
    for (const { messageId } of outbox.messages.peek()) outbox.discard(messageId);
    chat.type('');
    visit.leave();
  }

  const blocked = computed(() => {
    if (conversation.value !== undefined) return undefined;
    if (!config.isOpen) return 'deployment_paused';
    const isStranger = config.identity === 'required' && !visit.isVouched();
    return isStranger && !visit.token() ? 'identity_required' : undefined;
  });

  const place = computed((): Place => {
    if (conversation.value !== undefined || outbox.messages.value.length > 0) return 'conversation';
    if (isArriving.value) return 'arriving';
    return earlier.value ? 'asking' : 'home';
  });

  const chat: Chat = {
    ...{ config, place, transcript, isLoading, outbox, writer, isConnected, notice, earlier },
    ...{ isAskingConsent, isStarting, blocked, draft, isShown },
    onSaid: (listener) => void (said = listener),
    type(text) {
      draft.value = text;
      const id = conversation.peek();
      if (id === undefined) return;
      tab.write('draft', text);
      if (text === '' || Date.now() - typedAt < typingEveryMs) return;
      typedAt = Date.now();
      api.typing(visit.token() ?? '', id).catch(() => undefined);
    },
    send(text = draft.peek()) {
      if (text.trim() === '') return;
      if (conversation.peek() === undefined && needsConsent()) {
        draft.value = text;
        isAskingConsent.value = true;
        return;
      }
      earlier.value = undefined;
      outbox.add(text);
      chat.type('');
      typedAt = 0;
    },
    agree() {
      kept.write('consent', config.consent?.version ?? '');
      isAskingConsent.value = false;
      if (draft.peek().trim() !== '') chat.send();
      else if (config.greets && outbox.messages.peek().length === 0) chat.start();
      outbox.flush();
    },
    start() {
      if (needsConsent()) kept.write('consent', config.consent?.version ?? '');
      void attempt(() => visit.begin());
    },
    open(id) {
      visit.enter(id);
      earlier.value = undefined;
    },
    resume: () => chat.open(earlier.peek()?.id ?? ''),
    past: own.past,
    startAgain() {
      goHome();
      if (config.greets && !needsConsent()) chat.start();
    },
    ...{ hasData: own.hasData, rate: own.rate, download: own.download },
    async erase() {
      if (!(await own.erase())) return;
      tabs?.postMessage({ gone: true } satisfies TabNews);
      startOver();
      notice.value = { code: 'erased' };
    },
  };

  function startOver(): void {
    goHome();
    visit.forget();
    kept.clear();
    tab.clear();
  }

  if (tabs) {
    tabs.onmessage = ({ data }: MessageEvent<TabNews>) => {
      if ('gone' in data) startOver();
      // A message that waits here may be that of the other tab: it goes to the same conversation.
      else if (conversation.peek() === undefined && place.peek() !== 'asking')
        visit.enter(data.begun, data.token);
    };
  }

  function onSite(message: FromSite): void {
    if (message.type === 'shown') {
      isShown.value = message.isShown;
      if (message.isShown && unread > 0) site.tell({ type: 'unread', count: (unread = 0) });
    } else if (message.type === 'input') visit.setInput(message.input);
    else if (message.type === 'identify') {
      visit.identify(message.identity);
      if (conversation.peek() === undefined) void arrive();
      else void attempt(visit.introduce);
    } else if (message.type === 'reset') {
      startOver();
      visit.identify(undefined);
    }
  }

  const wake = () => {
    follower?.wake();
    goOn();
  };
  addEventListener('online', wake);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) wake();
  });
  site.listen(onSite);
  if (site.input) visit.setInput(site.input);
  visit.identify(site.identity);
  void arrive();
  return chat;
}
