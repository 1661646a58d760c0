import { useSignal } from '@preact/signals';
import { KeyRound, Trash2 } from 'lucide';
import type { ComponentChildren } from 'preact';
import { Button } from '../ui/button.js';
import { ConfirmDialog } from '../ui/dialog/confirm-dialog.js';
import { ShownOnce } from '../ui/dialog/shown-once.js';
import { Icon } from '../ui/icon.js';
import { toast } from '../ui/toast/toast.js';
import { type ShareTexts, texts } from './share-texts.js';

const most = 2;

/** A new secret, or one that is kept, by its end. */
type Secret = string | { last4: string };

/** Adds a secret. @param isMade it was made here, and is shown this once */
export type AddSecret = (secret: string, isMade: boolean) => Promise<void>;

/** The secrets that there are, by their ends, and the ways to another and away from each. */
export function SecretList({
  words,
  secrets,
  needsOne = false,
  replace,
  children,
}: {
  words: Pick<
    ShareTexts['customers'],
    'secrets' | 'secretsText' | 'secret' | 'madeTitle' | 'madeText' | 'removeText'
  >;
  secrets: readonly string[];
  /** Whether the last one stays. */
  needsOne?: boolean;
  replace: (next: Secret[]) => Promise<void>;
  /** Draws the way to another secret, while there may be one. */
  children: (add: AddSecret) => ComponentChildren;
}) {
  const shared = texts.customers;
  const made = useSignal<string | undefined>(undefined);
  const removed = useSignal<number | undefined>(undefined);
  const kept = secrets.map((last4) => ({ last4 }));
  const leaving = removed.value === undefined ? undefined : secrets[removed.value];
  const add: AddSecret = async (secret, isMade) => {
    await replace([secret, ...kept]);
    if (isMade) made.value = secret;
  };
  return (
    <section class="share-part" aria-labelledby="secrets-title">
      <h2 id="secrets-title">{words.secrets}</h2>
      <p class="muted">{words.secretsText}</p>
      {secrets.length > 0 && (
        <ul class="rows">
          {secrets.map((last4, index) => (
            <li key={`${last4} ${index}`} class="secret-row">
              <Icon of={KeyRound} size={16} />
              <code title={shared.ends(last4)}>••••{last4}</code>
              {index === 0 && secrets.length > 1 && <span class="tag small">{shared.newest}</span>}
              {(!needsOne || secrets.length > 1) && (
                <Button
                  kind="quiet"
                  size="small"
                  aria-label={shared.removeNamed(last4)}
                  onClick={() => (removed.value = index)}
                >
                  <Icon of={Trash2} size={16} />
                  {shared.remove}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {secrets.length < most ? children(add) : <p class="small muted">{shared.full}</p>}
      {made.value !== undefined && (
        <ShownOnce
          title={words.madeTitle}
          text={words.madeText}
          label={words.secret}
          secret={made.value}
          onClose={() => (made.value = undefined)}
        />
      )}
      {leaving !== undefined && (
        <ConfirmDialog
          title={shared.removeTitle(leaving)}
          text={words.removeText}
          confirm={shared.remove}
          onConfirm={async () => {
            await replace(kept.filter((_, index) => index !== removed.value));
            toast(shared.removed);
          }}
          onClose={() => (removed.value = undefined)}
        />
      )}
    </section>
  );
}
