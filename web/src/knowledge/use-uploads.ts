import type { KnowledgeItem } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { asApiError } from '../api/as-api-error.js';
import { uploadPdf } from '../api/knowledge.js';
import { toast } from '../ui/toast/toast.js';
import { texts } from './knowledge-texts.js';

/** Uploads files, one after the other; says of each that is refused why. */
export function useUploads(onAdded: (item: KnowledgeItem) => void) {
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
