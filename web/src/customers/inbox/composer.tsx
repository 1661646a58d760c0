import type { CannedReply, Contact, ConversationDetail } from '@crmflow/contracts';
import { limits } from '@crmflow/contracts/limits';
import { useSignal } from '@preact/signals';
import { SendHorizontal } from 'lucide';
import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useId, useImperativeHandle, useRef } from 'preact/hooks';
import { noteConversation, sayInConversation } from '../../api/inbox.js';
import { newId } from '../../new-id.js';
import { deviceStorage } from '../../storage.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { attempt } from '../../ui/toast/attempt.js';
import { toast } from '../../ui/toast/toast.js';
import { texts } from '../customers-texts.js';
import { cannedReplies, fittingReplies, loadCannedReplies } from './canned-list.js';
import { fillReply, hasBlanks, slashBefore } from './fill-reply.js';
import type { OpenConversation } from './open-conversation.js';
import { SuggestButton, SuggestionCard, useSuggestion } from './suggestion.js';

/** What is being written: to the customer, or to the team. */
export type Writing = 'reply' | 'note';

/** What keys do with a composer. */
export type ComposerHandle = { write(kind: Writing): void; suggest(): void };

type Props = {
  conversation: ConversationDetail;
  contact: Contact | undefined;
  /** Whether one may write to the customer now. */
  leads: boolean;
  /** Why one may not, and what to do about it. */
  instead: ComponentChildren;
  open: OpenConversation;
  handle: RefObject<ComposerHandle | null>;
  /** Something was said or noted. */
  onWritten: () => Promise<void>;
};

/** Where one writes to the customer, while one leads, and notes for the team. What is typed is kept. */
export function InboxComposer(props: Props) {
  const { conversation, contact, leads, instead, open, handle, onWritten } = props;
  const { id } = conversation;
  const words = texts.inbox;
  const listId = useId();
  const kind = useSignal<Writing>('reply');
  const text = useSignal('');
  const slash = useSignal<ReturnType<typeof slashBefore>>(null);
  const active = useSignal(0);
  const isBusy = useSignal(false);
  /** What is being sent: sent again under the same ID where it may have arrived. */
  const sent = useRef<{ text: string; messageId: string }>(undefined);
  const area = useRef<HTMLTextAreaElement>(null);
  const isNote = kind.value === 'note';
  const suggestion = useSuggestion(conversation);
  const key = `inbox.${kind.value}.${id}`;

  useEffect(() => {
    text.value = deviceStorage.read(key) ?? '';
    slash.value = null;
  }, [key]);
  useEffect(() => {
    // Without them only the slash does nothing.
    loadCannedReplies().catch(() => undefined);
  }, []);
  const type = (typed: string) => {
    text.value = typed;
    deviceStorage.write(key, typed);
  };
  useImperativeHandle(handle, (): ComposerHandle => ({
    write(next) {
      kind.value = next;
      // It may be drawn only now.
      setTimeout(() => area.current?.focus());
    },
    suggest() {
      kind.value = 'reply';
      void suggestion.ask();
    },
  }));

  const fitting =
    slash.value && !isNote
      ? fittingReplies(cannedReplies.value, slash.value.word, contact?.locale ?? undefined)
      : [];
  const insert = (reply: CannedReply) => {
    const { current } = area;
    if (!slash.value || !current) return;
    const { start } = slash.value;
    const filled = fillReply(reply.text, contact);
    const written =
      text.value.slice(0, start) + filled.text + text.value.slice(current.selectionEnd);
    const [from, to] = filled.blank ?? [filled.text.length, filled.text.length];
    slash.value = null;
    // At once, so that what is typed next fills the blank.
    current.value = written;
    current.focus();
    current.setSelectionRange(start + from, start + to);
    type(written);
  };

  const takeSuggested = (suggested: string) => {
    const before = text.peek().trimEnd();
    type(before === '' ? suggested : `${before}\n\n${suggested}`);
    suggestion.dismiss();
    area.current?.focus();
  };

  async function send(): Promise<void> {
    const said = text.peek().trim();
    if (said === '' || isBusy.peek()) return;
    if (!isNote && hasBlanks(said)) {
      toast(words.fillBlanks, { kind: 'failed' });
      return;
    }
    if (sent.current?.text !== said) sent.current = { text: said, messageId: newId() };
    const { messageId } = sent.current;
    isBusy.value = true;
    const isDone = await attempt(() =>
      isNote ? noteConversation(id, said) : sayInConversation(id, messageId, said),
    );
    isBusy.value = false;
    if (!isDone) return;
    sent.current = undefined;
    open.stop();
    type('');
    area.current?.focus();
    await onWritten();
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (fitting.length > 0) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) active.value = (active.value + step + fitting.length) % fitting.length;
      else if (event.key === 'Enter' || event.key === 'Tab') {
        const chosen = fitting[active.value] ?? fitting[0];
        if (chosen) insert(chosen);
      } else if (event.key === 'Escape') slash.value = null;
      else return;
      event.preventDefault();
      return;
    }
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void send();
    } else if (event.key === 'Escape') area.current?.blur();
  };

  return (
    <form
      class={`inbox-composer ${isNote ? 'is-note' : ''}`}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div class="inbox-writing" role="group" aria-label={words.reply}>
        {(['reply', 'note'] as const).map((one) => (
          <button
            key={one}
            type="button"
            class="inbox-kind small"
            aria-pressed={kind.value === one}
            onClick={() => (kind.value = one)}
          >
            {words[one]}
          </button>
        ))}
        {!isNote && leads && <SuggestButton suggestion={suggestion} />}
      </div>
      {!isNote && instead}
      {!isNote && leads && <SuggestionCard suggestion={suggestion} onUse={takeSuggested} />}
      {(isNote || leads) && (
        <div class="inbox-compose">
          {slash.value && !isNote && (
            <ul id={listId} class="canned-list" role="listbox" aria-label={words.canned.pick}>
              {fitting.map((reply, index) => (
                <li
                  key={reply.id}
                  id={`${listId}-${index}`}
                  role="option"
                  aria-selected={index === active.value}
                  onPointerDown={(event) => {
                    event.preventDefault();
                    insert(reply);
                  }}
                >
                  <strong>/{reply.shortcut}</strong> <span class="muted">{reply.text}</span>
                </li>
              ))}
              {fitting.length === 0 && (
                <li class="muted" role="option" aria-selected="false">
                  {cannedReplies.value.length === 0 ? words.canned.none : words.canned.noMatch}
                </li>
              )}
            </ul>
          )}
          <textarea
            ref={area}
            class="input"
            rows={2}
            aria-label={isNote ? words.note : words.reply}
            placeholder={isNote ? words.noteHint : words.replyHint}
            maxLength={isNote ? limits.teamNoteLength : limits.messageBytes}
            value={text.value}
            aria-controls={slash.value !== null && !isNote ? listId : undefined}
            aria-autocomplete="list"
            aria-activedescendant={fitting.length > 0 ? `${listId}-${active.value}` : undefined}
            onInput={({ currentTarget }) => {
              type(currentTarget.value);
              slash.value = isNote
                ? null
                : slashBefore(currentTarget.value, currentTarget.selectionStart);
              active.value = 0;
              if (!isNote && currentTarget.value !== '') open.type();
            }}
            onBlur={() => {
              slash.value = null;
              open.stop();
            }}
            onKeyDown={onKeyDown}
          />
          <Button
            kind="primary"
            type="submit"
            busy={isBusy.value}
            disabled={text.value.trim() === ''}
            aria-label={isNote ? words.addNote : words.send}
            title={isNote ? words.addNote : words.send}
          >
            {!isBusy.value && <Icon of={SendHorizontal} />}
          </Button>
        </div>
      )}
    </form>
  );
}
