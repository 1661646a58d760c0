import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { ApiError } from '../api/api-error.js';
import { asApiError } from '../api/as-api-error.js';
import { texts as shared } from '../texts.js';
import { Button } from './button.js';
import { MessagePage } from './message-page.js';
import { Notice } from './notice.js';
import { Skeleton } from './skeleton.js';

/** Fetches what a part of a page shows, and says so while it does or cannot. */
export function Fetched<T>({
  label,
  failed,
  fetch,
  height,
  children,
}: {
  /** What is being fetched, read out. */
  label: string;
  /** That it could not be fetched. */
  failed: string;
  fetch: () => Promise<T>;
  /** Of what is likely to come, in pixels. */
  height?: number;
  children: (value: T, reload: () => Promise<void>) => ComponentChildren;
}) {
  const value = useSignal<{ is: T } | undefined>(undefined);
  const failure = useSignal<ApiError | undefined>(undefined);
  const load = async () => {
    failure.value = undefined;
    try {
      value.value = { is: await fetch() };
    } catch (error) {
      failure.value = asApiError(error);
    }
  };
  useEffect(() => void load(), []);
  if (failure.value?.code === 'not_found') {
    return (
      <MessagePage title={shared.notFound.title} text={shared.notFound.text}>
        <a class="button" href="/">
          {shared.notFound.back}
        </a>
      </MessagePage>
    );
  }
  if (failure.value) {
    return (
      <Notice
        action={
          <Button size="small" onClick={() => void load()}>
            {shared.tryAgain}
          </Button>
        }
      >
        {failed}. {failure.value.message}
      </Notice>
    );
  }
  if (!value.value)
    return <Skeleton label={label} {...(height !== undefined && { height, count: 1 })} />;
  return <>{children(value.value.is, load)}</>;
}
