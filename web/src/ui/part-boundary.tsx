import type { ComponentChildren } from 'preact';
import { useErrorBoundary } from 'preact/hooks';
import { texts } from '../texts.js';
import { Button } from './button.js';
import { Notice } from './notice.js';

/**
 * Keeps a fault in a part of a page from taking the rest of it along: its place says so and lets
 * one try again. Give it a `key` of what it shows, so that something else is tried by itself.
 */
export function PartBoundary({ children }: { children: ComponentChildren }) {
  const boundary = useErrorBoundary((fault: unknown) => reportError(fault));
  const [error, reset] = boundary as [unknown, () => void];
  if (error === undefined) return <>{children}</>;
  return (
    <div>
      <Notice
        action={
          <Button size="small" onClick={reset}>
            {texts.tryAgain}
          </Button>
        }
      >
        {texts.broken.part}
      </Notice>
    </div>
  );
}
