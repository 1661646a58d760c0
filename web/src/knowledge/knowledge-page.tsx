import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { KnowledgeItem } from '@crmflow/contracts';
import { PageTitle } from '../ui/page-title.js';
import { PagedItems } from '../ui/paged-items.js';
import { Skeleton } from '../ui/skeleton.js';
import { asApiError } from '../api/as-api-error.js';
import { uploadPdf } from '../api/knowledge.js';
import { workspace } from '../session/workspace.js';
import { toast } from '../ui/toast/toast.js';
import { AddKnowledge } from './add-knowledge.js';
import { KnowledgeRow } from './knowledge-item.js';
import { createKnowledgeList, type KnowledgeList } from './knowledge-list.js';
import { texts } from './knowledge-texts.js';
import { TryQuestion } from './try-question.js';
import './knowledge.css';

/** Uploads files, one after the other; says of each that is refused why. */
function useUploads(onAdded: (item: KnowledgeItem) => void) {
  const uploading = useSignal<string | undefined>(undefined);
  const upload = async (files: Iterable<File>) => {
    for (const file of files) {
      uploading.value = file.name;
      try {
        onAdded(await uploadPdf(file));
      } catch (error) {
        toast(texts.add.failed(file.name, asApiError(error).message), { kind: 'failed' });
      }
    }
    uploading.value = undefined;
  };
  return { uploading, upload };
}

function Items({ list }: { list: KnowledgeList }) {
  return (
    <PagedItems list={list} words={texts} skeleton={<Skeleton label={texts.loading} />}>
      <ul class="knowledge-rows">
        {list.items.value.map((item) => (
          <KnowledgeRow key={item.id} item={item} onChanged={list.put} onRemoved={list.remove} />
        ))}
      </ul>
    </PagedItems>
  );
}

/** What ai nodes look things up in: shown, added, and tried. */
export function KnowledgePage() {
  const list = useMemo(createKnowledgeList, [workspace.value?.id]);
  const isDraggedOver = useSignal(false);
  const { uploading, upload } = useUploads(list.put);
  useEffect(() => void list.reload(), [list]);
  useEffect(() => list.follow(), [list]);

  const { items, state } = list;
  const isEmpty = state.value === 'ready' && items.value.length === 0;
  return (
    <div
      class={`page knowledge ${isDraggedOver.value ? 'is-over' : ''}`}
      onDragOver={(event) => {
        if (!event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        isDraggedOver.value = true;
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null))
          isDraggedOver.value = false;
      }}
      onDrop={(event) => {
        event.preventDefault();
        isDraggedOver.value = false;
        void upload([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      <div class="page-head">
        <div class="page-words">
          <PageTitle title={texts.title} />
          <p class="muted">{texts.explain}</p>
        </div>
        <AddKnowledge onFiles={(files) => void upload(files)} onAdded={list.put} />
      </div>
      {uploading.value !== undefined && (
        <p class="small muted uploading" role="status">
          <span class="spinner" />
          {texts.add.uploading(uploading.value)}
        </p>
      )}
      {isEmpty ? (
        <section class="empty">
          <h2>{texts.empty.title}</h2>
          <p class="muted">{texts.empty.text}</p>
        </section>
      ) : (
        <TryQuestion />
      )}
      <Items list={list} />
      {isDraggedOver.value && <p class="drop-here">{texts.add.dropHere}</p>}
    </div>
  );
}
