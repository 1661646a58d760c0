import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { asApiError } from '../api/as-api-error.js';
import { texts as shared } from '../texts.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { Skeleton } from '../ui/skeleton.js';
import { texts } from './settings-texts.js';

/** Fetches what a section shows, and says so while it does or cannot. */
export function Fetched<T>({
  label,
  fetch,
  children,
}: {
  /** What is being fetched, read out. */
  label: string;
  fetch: () => Promise<T>;
  children: (value: T, reload: () => Promise<void>) => ComponentChildren;
}) {
  const value = useSignal<{ is: T } | undefined>(undefined);
  const failure = useSignal('');
  const load = async () => {
    failure.value = '';
    try {
      value.value = { is: await fetch() };
    } catch (error) {
      failure.value = asApiError(error).message;
    }
  };
  useEffect(() => void load(), []);
  if (failure.value) {
    return (
      <Notice
        action={
          <Button size="small" onClick={() => void load()}>
            {shared.tryAgain}
          </Button>
        }
      >
        {texts.failed}. {failure.value}
      </Notice>
    );
  }
  if (!value.value) return <Skeleton label={label} />;
  return <>{children(value.value.is, load)}</>;
}
