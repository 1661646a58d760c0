import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { asApiError } from '../../api/as-api-error.js';
import { texts as appTexts } from '../../texts.js';
import { Button } from '../../ui/button.js';
import { Notice } from '../../ui/notice.js';

/** A part of a form that is fetched the first time that it is drawn. */
export function lazily<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  const loaded = signal<{ part: ComponentType<P> } | undefined>(undefined);
  const failure = signal('');
  const fetch = () => {
    failure.value = '';
    load().then(
      (part) => (loaded.value = { part }),
      (error: unknown) => (failure.value = asApiError(error).message),
    );
  };
  return function Lazily(props: P) {
    useEffect(() => {
      if (!loaded.peek()) fetch();
    }, []);
    const Part = loaded.value?.part;
    if (Part) return <Part {...props} />;
    if (!failure.value) return <span class="spinner" />;
    return (
      <Notice
        action={
          <Button size="small" onClick={fetch}>
            {appTexts.tryAgain}
          </Button>
        }
      >
        {failure.value}
      </Notice>
    );
  };
}
