import { useSignal } from '@preact/signals';
import { ArrowDown, WifiOff, X } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import { useStickToEnd } from '../chat/use-stick-to-end.js';
import { Icon } from '../ui/icon.js';
import { Avatar } from './avatar.js';
import type { Chat } from './model.js';
import { Choices, Composer, focusInput } from './composer.js';
import { Ending } from './ending.js';
import { Header } from './header.js';
import { Log } from './log.js';
import { RichText } from './rich-text.js';
import { problemText, texts, timeOf } from './texts.js';

function Welcome({ chat }: { chat: Chat }) {
  const { welcome, avatarUrl } = chat.config;
  return (
    <div class="welcome">
      <Avatar url={avatarUrl} size={56} />
      <p dir="auto">
        <RichText text={welcome || texts.hello} />
      </p>
    </div>
  );
}

function NoticeLine({ chat }: { chat: Chat }) {
  const { value } = chat.notice;
  if (!value) return null;
  const { code, until } = value;
  return (
    <div class={`notice small ${code === 'erased' ? 'good' : ''}`} role="alert">
      <p>{until === undefined ? problemText(code) : texts.overLimit(timeOf(until))}</p>
      <button
        class="icon-button"
        {...{ type: 'button', 'aria-label': texts.dismiss, title: texts.dismiss }}
        onClick={() => (chat.notice.value = undefined)}
      >
        <Icon of={X} size={16} />
      </button>
    </div>
  );
}

function Consent({ chat, words }: { chat: Chat; words: string }) {
  return (
    <section class="card" aria-labelledby="consent-title">
      <h2 id="consent-title">{texts.consent}</h2>
      <p class="small terms" dir="auto">
        <RichText text={chat.config.consent?.text ?? ''} />
      </p>
      <div class="row">
        {/* The next thing to do: screen readers announce it. */}
        <button type="button" class="button primary" autoFocus onClick={chat.agree}>
          {words}
        </button>
        <button
          type="button"
          class="button quiet"
          onClick={() => (chat.isAskingConsent.value = false)}
        >
          {texts.notNow}
        </button>
      </div>
    </section>
  );
}

function StartButton({ chat }: { chat: Chat }) {
  const { consent } = chat.config;
  return (
    <div class="begin">
      {consent && (
        <p class="small muted terms" dir="auto">
          <RichText text={consent.text} />
        </p>
      )}
      <button
        type="button"
        class="button primary start"
        disabled={chat.isStarting.value}
        onClick={chat.start}
      >
        {chat.isStarting.value && <span class="spinner" />}
        {chat.isStarting.value ? texts.starting : consent ? texts.agreeAndStart : texts.start}
      </button>
    </div>
  );
}

function Earlier({ chat }: { chat: Chat }) {
  const said = chat.earlier.value?.lastMessage;
  return (
    <section class="card" aria-labelledby="earlier-title">
      <h2 id="earlier-title">{texts.back}</h2>
      <p class="small muted">{texts.backText}</p>
      {said && (
        <blockquote class="small" dir="auto">
          {said.text}
        </blockquote>
      )}
      <div class="row">
        <button type="button" class="button primary" onClick={chat.resume}>
          {texts.goOn}
        </button>
        <button type="button" class="button quiet" onClick={chat.startAgain}>
          {texts.startNew}
        </button>
      </div>
    </section>
  );
}

function Foot({ chat }: { chat: Chat }) {
  const isOnline = useSignal(navigator.onLine);
  useEffect(() => {
    const look = () => (isOnline.value = navigator.onLine);
    addEventListener('online', look);
    addEventListener('offline', look);
    return () => {
      removeEventListener('online', look);
      removeEventListener('offline', look);
    };
  }, [isOnline]);

  const { value: place } = chat.place;
  const blocked = chat.blocked.value;
  const isLinkDown = !isOnline.value || (place === 'conversation' && !chat.isConnected.value);
  const waitsToStart = place === 'home' && chat.config.greets;
  const words = chat.draft.value.trim() === '' ? texts.agreeAndStart : texts.agreeAndSend;
  return (
    <footer class="foot">
      <div class="column">
        <NoticeLine chat={chat} />
        {isLinkDown && (
          <p class="link-state small muted" role="status">
            <Icon of={WifiOff} size={14} />
            {isOnline.value ? texts.reconnecting : texts.offline}
          </p>
        )}
        {chat.isAskingConsent.value ? (
          <Consent chat={chat} words={words} />
        ) : blocked ? (
          <p class="closed">{problemText(blocked)}</p>
        ) : place === 'asking' ? (
          <Earlier chat={chat} />
        ) : waitsToStart ? (
          <StartButton chat={chat} />
        ) : (
          <Composer chat={chat} />
        )}
      </div>
    </footer>
  );
}

type Props = { chat: Chat; onClose?: (() => void) | undefined };

/** The whole chat. @param onClose closes the frame, if there is one that closes */
export function App({ chat, onClose }: Props) {
  const scroll = useRef<HTMLElement>(null);
  const isAway = useSignal(false);
  useStickToEnd(scroll);

  useEffect(() => {
    if (chat.isShown.value && onClose) focusInput();
  }, [chat.isShown.value, chat.place.value === 'arriving']);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isTaken = event.defaultPrevented || document.querySelector('dialog[open]') !== null;
      if (event.key === 'Escape' && !isTaken) onClose?.();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [onClose]);

  const isLoading = chat.place.value === 'arriving' || chat.isLoading.value;
  return (
    <>
      <Header chat={chat} onClose={onClose} />
      <main
        class={`scroll ${chat.place.value}`}
        ref={scroll}
        // So that the keyboard can scroll it.
        tabIndex={0}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) =>
          (isAway.value = scrollHeight - scrollTop - clientHeight > 240)
        }
      >
        <div class="column">
          <Welcome chat={chat} />
          {isLoading && (
            <div class="skeleton" role="status">
              <span class="visually-hidden">{texts.loading}</span>
              <i />
              <i />
              <i />
            </div>
          )}
          <Log chat={chat} />
          <Choices chat={chat} />
          <Ending chat={chat} />
        </div>
        {isAway.value && (
          <button
            class="latest"
            {...{ type: 'button', 'aria-label': texts.latest, title: texts.latest }}
            onClick={() =>
              scroll.current?.scrollTo({ top: scroll.current.scrollHeight, behavior: 'smooth' })
            }
          >
            <Icon of={ArrowDown} size={18} />
          </button>
        )}
      </main>
      <Foot chat={chat} />
    </>
  );
}

/** Shown until the settings of the chat are there. */
export function Opening() {
  return (
    <div class="unavailable late" role="status" aria-label={texts.loading}>
      <span class="spinner" />
    </div>
  );
}

/** Says why there is no chat. @param onRetry if trying again can help */
export function Unavailable({
  code,
  onRetry,
}: {
  code: string;
  onRetry?: (() => void) | undefined;
}) {
  return (
    <main class="unavailable">
      <Avatar size={56} />
      <h1>{texts.unavailable}</h1>
      <p class="muted" role="alert">
        {problemText(code)}
      </p>
      {onRetry && (
        <button type="button" class="button" onClick={onRetry}>
          {texts.retry}
        </button>
      )}
    </main>
  );
}
