import { useSignal } from '@preact/signals';
import { X } from 'lucide';
import { useId } from 'preact/hooks';
import { asApiError } from '../../api/as-api-error.js';
import { Icon } from '../../ui/icon.js';
import { toast } from '../../ui/toast/toast.js';
import { texts } from '../customers-texts.js';

/**
 * The tags of a contact: shown, and changed one by one by those who may.
 * @param onChange keeps them; undefined where one may not. It may reject.
 */
export function TagEditor({
  tags,
  onChange,
}: {
  tags: readonly string[];
  onChange?: ((tags: string[]) => Promise<void>) | undefined;
}) {
  const id = useId();
  const words = texts.contact;
  const isBusy = useSignal(false);
  const change = async (next: string[]) => {
    isBusy.value = true;
    try {
      await onChange?.(next);
    } catch (error) {
      toast(asApiError(error).message, { kind: 'failed' });
    }
    isBusy.value = false;
  };
  const add = async (input: HTMLInputElement) => {
    const tag = input.value.trim();
    if (tag === '' || isBusy.peek()) return;
    input.value = '';
    if (!tags.includes(tag)) await change([...tags, tag]);
  };
  return (
    <div class="tag-editor">
      {tags.length === 0 && !onChange && <p class="small muted">{words.noTags}</p>}
      {tags.length > 0 && (
        <ul aria-label={words.tags}>
          {tags.map((tag) => (
            <li key={tag} class="tag small">
              <span class="tag-word">{tag}</span>
              {onChange && (
                <button
                  type="button"
                  aria-label={words.removeTag(tag)}
                  disabled={isBusy.value}
                  onClick={() => void change(tags.filter((one) => one !== tag))}
                >
                  <Icon of={X} size={14} />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {onChange && (
        <>
          <label class="visually-hidden" for={id}>
            {words.addTag}
          </label>
          <input
            id={id}
            class="input small"
            maxLength={50}
            placeholder={words.addTagHint}
            autocomplete="off"
            onKeyDown={(event) => {
              if (event.key !== 'Enter' && event.key !== ',') return;
              event.preventDefault();
              void add(event.currentTarget);
            }}
            onBlur={({ currentTarget }) => void add(currentTarget)}
          />
        </>
      )}
    </div>
  );
}
