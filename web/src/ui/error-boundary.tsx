import type { ComponentChildren } from 'preact';
import { useErrorBoundary } from 'preact/hooks';
import { texts } from '../texts.js';
import { Button } from './button.js';
import { MessagePage } from './message-page.js';

/** Keeps a fault in a page from leaving nothing but white. */
export function ErrorBoundary({ children }: { children: ComponentChildren }) {
  const boundary = useErrorBoundary((fault: unknown) => reportError(fault));
  const error: unknown = boundary[0];
  if (error === undefined) return <>{children}</>;
  return (
    <MessagePage title={texts.broken.title} text={texts.broken.text}>
      <Button onClick={() => location.reload()}>{texts.broken.reload}</Button>
    </MessagePage>
  );
}
