import type { VisitorConversation } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { Check, Download, EllipsisVertical, History, RotateCcw, Trash2, Volume2, X } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../ui/icon.js';
import { saveFile } from '../ui/save-file.js';
import { Avatar } from './avatar.js';
import type { Chat } from './model.js';
import { momentOf, texts } from './texts.js';
import { canSpeak, isReadingAloud, toggleReading } from './voice.js';

type MenuProps = { chat: Chat; onPast: () => void; onErase: () => void };

function Menu({ chat, onPast, onErase }: MenuProps) {
  const isOpen = useSignal(false);
  const area = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    const onDown = ({ target }: Event) => {
      if (!area.current?.contains(target as Node)) isOpen.value = false;
    };
    document.addEventListener('pointerdown', onDown);
    return () => document.removeEventListener('pointerdown', onDown);
  }, [isOpen]);

  const choose = (act: () => void) => () => {
    isOpen.value = false;
    button.current?.focus();
    act();
  };
  const download = () =>
    void chat.download().then((file) => {
      if (file) saveFile(texts.fileName, file);
    });

  return (
    <div
      class="menu-area"
      ref={area}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen.peek()) return;
        event.preventDefault();
        isOpen.value = false;
        button.current?.focus();
      }}
      onFocusOut={({ relatedTarget }) => {
        if (relatedTarget && !area.current?.contains(relatedTarget as Node)) isOpen.value = false;
      }}
    >
      <button
        ref={button}
        class="icon-button"
        {...{ type: 'button', 'aria-label': texts.menu, title: texts.menu }}
        aria-expanded={isOpen.value}
        aria-controls="menu"
        onClick={() => (isOpen.value = !isOpen.value)}
      >
        <Icon of={EllipsisVertical} size={20} />
      </button>
      {isOpen.value && (
        <ul class="menu" id="menu">
          {chat.place.value === 'conversation' && (
            <li>
              <button type="button" onClick={choose(chat.startAgain)}>
                <Icon of={RotateCcw} size={16} /> {texts.startAgain}
              </button>
            </li>
          )}
          {canSpeak && (
            <li>
              <button
                type="button"
                aria-pressed={isReadingAloud.value}
                onClick={choose(toggleReading)}
              >
                <Icon of={Volume2} size={16} /> {texts.readAloud}
                {isReadingAloud.value && <Icon of={Check} size={16} />}
              </button>
            </li>
          )}
          {chat.hasData() && (
            <>
              {/* What is on its way belongs to this one. */}
              {chat.outbox.messages.value.length === 0 && (
                <li>
                  <button type="button" onClick={choose(onPast)}>
                    <Icon of={History} size={16} /> {texts.past}
                  </button>
                </li>
              )}
              <li class="line">
                <button type="button" onClick={choose(download)}>
                  <Icon of={Download} size={16} /> {texts.download}
                </button>
              </li>
              <li>
                <button type="button" class="bad" onClick={choose(onErase)}>
                  <Icon of={Trash2} size={16} /> {texts.erase}
                </button>
              </li>
            </>
          )}
        </ul>
      )}
    </div>
  );
}

type DialogProps = {
  title: string;
  /** The button beside the one that closes it. */
  action?: ComponentChildren;
  onClose: () => void;
  children: ComponentChildren;
};

function Dialog({ title, action, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-labelledby="dialog-title" onClose={onClose}>
      <h2 id="dialog-title">{title}</h2>
      {children}
      <div class="row end">
        <button type="button" class="button" onClick={onClose}>
          {texts.cancel}
        </button>
        {action}
      </div>
    </dialog>
  );
}

type ConfirmProps = { onConfirm: () => void; onClose: () => void };

function ConfirmErase({ onConfirm, onClose }: ConfirmProps) {
  const confirm = () => {
    onClose();
    onConfirm();
  };
  return (
    <Dialog
      title={texts.eraseTitle}
      action={
        <button type="button" class="button danger" onClick={confirm}>
          {texts.eraseConfirm}
        </button>
      }
      onClose={onClose}
    >
      <p class="muted">{texts.eraseText}</p>
    </Dialog>
  );
}

type PastProps = { chat: Chat; found: readonly VisitorConversation[]; onClose: () => void };

/** Conversations of the visitor to choose from, newest first. */
function Past({ chat, found, onClose }: PastProps) {
  return (
    <Dialog title={texts.past} onClose={onClose}>
      {found.length === 0 && <p class="muted">{texts.noPast}</p>}
      <ul class="past">
        {found.map(({ id, lastMessage, createdAt }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => {
                onClose();
                chat.open(id);
              }}
            >
              <span dir="auto">{lastMessage?.text}</span>
              <span class="small muted">{momentOf(createdAt)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

type HeaderProps = { chat: Chat; onClose?: (() => void) | undefined };

/** Whose chat this is, what can be done with it, and the way out of a frame. */
export function Header({ chat, onClose }: HeaderProps) {
  const isErasing = useSignal(false);
  const past = useSignal<readonly VisitorConversation[] | undefined>(undefined);
  const { title, avatarUrl } = chat.config;
  return (
    <header class="top">
      <div class="column">
        <Avatar url={avatarUrl} size={36} />
        <h1 tabIndex={-1}>{title}</h1>
        <Menu
          chat={chat}
          onPast={() => void chat.past().then((found) => (past.value = found))}
          onErase={() => (isErasing.value = true)}
        />
        {onClose && (
          <button
            class="icon-button"
            {...{ type: 'button', 'aria-label': texts.close, title: texts.close }}
            onClick={onClose}
          >
            <Icon of={X} size={20} />
          </button>
        )}
      </div>
      {past.value && (
        <Past chat={chat} found={past.value} onClose={() => (past.value = undefined)} />
      )}
      {isErasing.value && (
        <ConfirmErase
          onConfirm={() => void chat.erase()}
          onClose={() => (isErasing.value = false)}
        />
      )}
    </header>
  );
}
