import { useSignal, useSignalEffect } from '@preact/signals';
import type { ComponentType } from 'preact';
import { texts as shared } from '../../texts.js';
import { toast } from '../../ui/toast/toast.js';
import type { GenerateProps } from './generate.js';

/** `Generate`, whose code is fetched when it is first opened. */
export function LazyGenerate(props: GenerateProps) {
  const fetched = useSignal<{ Generate: ComponentType<GenerateProps> } | undefined>(undefined);
  const { isOpen } = props;
  useSignalEffect(() => {
    if (!isOpen.value || fetched.peek()) return;
    import('./generate.js').then(
      ({ Generate }) => (fetched.value = { Generate }),
      () => {
        isOpen.value = false;
        toast(shared.failures.unreachable, { kind: 'failed' });
      },
    );
  });
  return fetched.value ? <fetched.value.Generate {...props} /> : null;
}
