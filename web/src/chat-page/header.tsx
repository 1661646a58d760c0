import { useSignal } from '@preact/signals';
import { Check, Download, EllipsisVertical, RotateCcw, Trash2, Volume2, X } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../ui/icon.js';
import { saveFile } from '../ui/save-file.js';
import { Avatar } from './avatar.js';
import type { Chat } from './model.js';
import { texts } from './texts.js';
import { canSpeak, isReadingAloud, toggleReading } from './voice.js';

type MenuProps = { chat: Chat; onErase: () => void };

function Menu({ chat, onErase }: MenuProps) {
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

type ConfirmProps = { onConfirm: () => void; onClose: () => void };

function ConfirmErase({ onConfirm, onClose }: ConfirmProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-labelledby="erase-title" onClose={onClose}>
      <h2 id="erase-title">{texts.eraseTitle}</h2>
      <p class="muted">{texts.eraseText}</p>
      <div class="row end">
        <button type="button" class="button" onClick={onClose}>
          {texts.cancel}
        </button>
        <button
          type="button"
          class="button danger"
          onClick={() => {
            onClose();
            onConfirm();
          }}
        >
          {texts.eraseConfirm}
        </button>
      </div>
    </dialog>
  );
}

type HeaderProps = { chat: Chat; onClose?: (() => void) | undefined };

/** Whose chat this is, what can be done with it, and the way out of a frame. */
export function Header({ chat, onClose }: HeaderProps) {
  const isErasing = useSignal(false);
  const { title, avatarUrl } = chat.config;
  return (
    <header class="top">
      <div class="column">
        <Avatar url={avatarUrl} size={36} />
        <h1 tabIndex={-1}>{title}</h1>
        <Menu chat={chat} onErase={() => (isErasing.value = true)} />
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
      {isErasing.value && (
        <ConfirmErase
          onConfirm={() => void chat.erase()}
          onClose={() => (isErasing.value = false)}
        />
      )}
    </header>
  );
}
