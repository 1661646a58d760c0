import type { ConversationDetail, Suggestion } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { Sparkles, X } from 'lucide';
import { asApiError } from '../../api/as-api-error.js';
import { suggestReply } from '../../api/inbox.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { Sources } from '../conversations/sources.js';
import { texts } from '../customers-texts.js';

/**
 * What the model suggests to whoever answers: what it was about to say when they took over, or what they
 * asked it for.
 */
export function useSuggestion({ id, suggestion: unsaid }: ConversationDetail) {
  const asked = useSignal<Suggestion | undefined>(undefined);
  const failure = useSignal<string | undefined>(undefined);
  const isBusy = useSignal(false);
  /** When what is not wanted any more was written. */
  const dismissedAt = useSignal<string | undefined>(undefined);
  return {
    shown: asked.value ?? (unsaid?.at === dismissedAt.value ? undefined : (unsaid ?? undefined)),
    isAsked: asked.value !== undefined,
    failure: failure.value,
    isBusy: isBusy.value,
    async ask(): Promise<void> {
      if (isBusy.peek()) return;
      isBusy.value = true;
      failure.value = undefined;
      try {
        asked.value = await suggestReply(id);
      } catch (error) {
        failure.value = asApiError(error).message;
      } finally {
        isBusy.value = false;
      }
    },
    dismiss(): void {
      asked.value = undefined;
      failure.value = undefined;
      dismissedAt.value = unsaid?.at;
    },
  };
}

type Props = { suggestion: ReturnType<typeof useSuggestion> };

/** Asks for a suggestion. */
export function SuggestButton({ suggestion: { shown, isBusy, ask } }: Props) {
  const words = texts.inbox.suggestion;
  return (
    <Button kind="quiet" size="small" busy={isBusy} onClick={() => void ask()}>
      {!isBusy && <Icon of={Sparkles} size={16} />}
      {shown ? words.another : words.ask}
    </Button>
  );
}

/** A suggestion with its sources. Nothing of it is sent: one can write on from it. */
export function SuggestionCard({
  suggestion: { shown, isAsked, failure, isBusy, dismiss },
  onUse,
}: Props & { onUse: (text: string) => void }) {
  const words = texts.inbox.suggestion;
  return (
    <div class="suggestion-place" aria-live="polite" aria-busy={isBusy}>
      {failure !== undefined && <p class="fault small">{failure}</p>}
      {shown && (
        <section class="suggestion" aria-label={isAsked ? words.title : words.unsaid}>
          <header class="small muted">
            <Icon of={Sparkles} size={14} />
            <span>{isAsked ? words.title : words.unsaid}</span>
            <Button
              kind="quiet"
              size="square"
              aria-label={words.dismiss}
              title={words.dismiss}
              onClick={dismiss}
            >
              <Icon of={X} size={16} />
            </Button>
          </header>
          <p class="suggestion-text">{shown.text}</p>
          <footer>
            <Sources sources={shown.sources} />
            <Button size="small" onClick={() => onUse(shown.text)}>
              {words.use}
            </Button>
          </footer>
        </section>
      )}
    </div>
  );
}
