import type { FoundKnowledge } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { Search } from 'lucide';
import { asApiError } from '../api/as-api-error.js';
import { searchKnowledge } from '../api/knowledge.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { Notice } from '../ui/notice.js';
import { texts } from './knowledge-texts.js';
import { Found } from './passage.js';

function Answer({ found: { passages, notice } }: { found: FoundKnowledge }) {
  return (
    <>
      <p class="small muted" role="status">
        {passages.length === 0 ? texts.search.none : texts.search.found(passages.length)}
      </p>
      {notice !== undefined && <p class="small muted">{notice}</p>}
      <ol class="passages">
        {passages.map((passage) => (
          <Found key={`${passage.itemId} ${passage.index}`} passage={passage} />
        ))}
      </ol>
    </>
  );
}

/** Shows for a question just the passages that an ai node would be given. */
export function TryQuestion() {
  const found = useSignal<FoundKnowledge | undefined>(undefined);
  const failure = useSignal('');
  const isBusy = useSignal(false);
  const onSubmit = async (event: Event) => {
    event.preventDefault();
    const query = new FormData(event.currentTarget as HTMLFormElement).get('query') as string;
    if (query.trim() === '') return;
    isBusy.value = true;
    failure.value = '';
    try {
      found.value = await searchKnowledge(query);
    } catch (error) {
      failure.value = asApiError(error).message;
    }
    isBusy.value = false;
  };
  return (
    <section class="try-question" aria-label={texts.search.title}>
      <form class="try-form" noValidate onSubmit={(event) => void onSubmit(event)}>
        <input
          class="input"
          type="search"
          name="query"
          aria-label={texts.search.label}
          placeholder={texts.search.label}
        />
        <Button type="submit" busy={isBusy.value}>
          {!isBusy.value && <Icon of={Search} />}
          {texts.search.submit}
        </Button>
      </form>
      {failure.value && <Notice>{failure.value}</Notice>}
      {found.value && <Answer found={found.value} />}
    </section>
  );
}
