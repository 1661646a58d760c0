import type {
  KnowledgeDetail,
  KnowledgeItem,
  KnowledgeLanguage,
  LeftOut,
} from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { ArrowLeft, ExternalLink } from 'lucide';
import { useLocation, useRoute } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { asApiError } from '../api/as-api-error.js';
import { changeKnowledge, readKnowledge } from '../api/knowledge.js';
import { texts as shared } from '../texts.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { MessagePage } from '../ui/message-page.js';
import { PageTitle } from '../ui/page-title.js';
import { Skeleton } from '../ui/skeleton.js';
import { toast } from '../ui/toast/toast.js';
import { ItemTools, ReadingState } from './knowledge-item.js';
import { texts } from './knowledge-texts.js';
import { Passage } from './passage.js';
import { rangesOf } from './ranges.js';
import { isBeingRead } from './reading.js';
import './knowledge.css';

/** How often it is asked how far the reading is, in milliseconds. */
const lookEvery = 1_000;

function LanguageChoice({
  item,
  onChanged,
}: {
  item: KnowledgeItem;
  onChanged: (item: KnowledgeItem) => void;
}) {
  const choose = async (language: KnowledgeLanguage) => {
    try {
      onChanged(await changeKnowledge(item.id, { language }));
    } catch (error) {
      toast(asApiError(error).message, { kind: 'failed' });
    }
  };
  return (
    <label class="knowledge-language small">
      {texts.item.language}
      <select
        class="input"
        value={item.language}
        onChange={({ currentTarget }) => void choose(currentTarget.value as KnowledgeLanguage)}
      >
        {Object.entries(texts.languages).map(([language, words]) => (
          <option key={language} value={language}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What a reading left out, and why; open where that is something to act on. */
function LeftOutParts({ parts }: { parts: readonly LeftOut[] }) {
  const words = texts.leftOut;
  const isTextMissing = parts.some(({ reason }) => reason === 'image' || reason === 'unreadable');
  return (
    <details class="left-out small" open={isTextMissing}>
      <summary>{words.title}</summary>
      <ul>
        {parts.map(({ reason, characters, pages, example }) => {
          const facts = [
            ...(pages ? [words.pages(pages.length, rangesOf(pages))] : []),
            ...(characters > 0 ? [texts.facts.characters(characters)] : []),
          ];
          return (
            <li key={reason}>
              {words.reasons[reason]}
              {facts.length > 0 && <span class="muted"> ({facts.join(', ')})</span>}
              {example !== undefined && <q class="muted">{example}</q>}
            </li>
          );
        })}
      </ul>
    </details>
  );
}

function Passages({ item, onMore }: { item: KnowledgeDetail; onMore: () => Promise<void> }) {
  const isBusy = useSignal(false);
  const more = async () => {
    isBusy.value = true;
    await onMore();
    isBusy.value = false;
  };
  return (
    <section aria-labelledby="passages-title">
      <h2 id="passages-title">{texts.passages.title}</h2>
      {item.passages.length === 0 ? (
        <p class="muted">{texts.passages.none}</p>
      ) : (
        <ol class="passages">
          {item.passages.map((passage) => (
            <Passage key={passage.index} passage={passage} />
          ))}
        </ol>
      )}
      {item.nextIndex !== null && (
        <div class="more">
          <Button busy={isBusy.value} onClick={() => void more()}>
            {texts.passages.more}
          </Button>
        </div>
      )}
    </section>
  );
}

/** One item: what was read from it, passage by passage. */
export function KnowledgeItemPage() {
  const { id = '' } = useRoute().params;
  const { route } = useLocation();
  const item = useSignal<KnowledgeDetail | undefined>(undefined);
  const failure = useSignal('');

  const load = async () => {
    try {
      item.value = await readKnowledge(id);
    } catch (error) {
      failure.value = asApiError(error).message;
    }
  };
  useEffect(() => void load(), [id]);
  const { value } = item;
  useEffect(() => {
    if (!value || !isBeingRead(value)) return;
    const timer = setTimeout(() => void load(), lookEvery);
    return () => clearTimeout(timer);
  }, [value]);

  const more = async () => {
    if (!value || value.nextIndex === null) return;
    try {
      const next = await readKnowledge(id, value.nextIndex);
      item.value = { ...next, passages: [...value.passages, ...next.passages] };
    } catch (error) {
      toast(asApiError(error).message, { kind: 'failed' });
    }
  };
  const put = (changed: KnowledgeItem) => {
    if (item.value) item.value = { ...item.value, ...changed };
  };

  if (!value) {
    return failure.value ? (
      <MessagePage title={texts.failed} text={failure.value}>
        <a class="button" href="/knowledge">
          {texts.back}
        </a>
      </MessagePage>
    ) : (
      <div class="page">
        <Skeleton label={shared.loading} />
      </div>
    );
  }
  return (
    <div class="page knowledge">
      <a class="back small" href="/knowledge">
        <Icon of={ArrowLeft} size={16} />
        {texts.back}
      </a>
      <div class="page-head">
        <div class="page-words">
          <PageTitle title={value.name} />
          {value.url !== undefined && (
            <a class="small" href={value.url} target="_blank" rel="noreferrer noopener">
              {texts.item.source} <Icon of={ExternalLink} size={14} />
            </a>
          )}
          <ReadingState item={value} />
        </div>
        <ItemTools item={value} onChanged={put} onRemoved={() => route('/knowledge')} />
      </div>
      <div class="knowledge-facts">
        <p class="small muted">{value.embedded ? texts.facts.byMeaning : texts.facts.byWords}</p>
        <LanguageChoice item={value} onChanged={put} />
      </div>
      {value.leftOut && value.leftOut.length > 0 && <LeftOutParts parts={value.leftOut} />}
      <Passages item={value} onMore={more} />
    </div>
  );
}
