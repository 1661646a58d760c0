import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

const near = 80;

/** Keeps a scrolling element at its end while it grows, unless somebody has scrolled up. */
export function useStickToEnd(element: RefObject<HTMLElement | null>): void {
  const isAtEnd = useRef(true);
  const lastTop = useRef(0);
  useEffect(() => {
    const { current } = element;
    if (!current) return undefined;
    const onScroll = () => {
      const { scrollTop, scrollHeight, clientHeight } = current;
      // What has grown since is not scrolled past; only going up is leaving the end.
      if (scrollHeight - scrollTop - clientHeight < near) isAtEnd.current = true;
      else if (scrollTop < lastTop.current) isAtEnd.current = false;
      lastTop.current = scrollTop;
    };
    const toEnd = () => {
      if (isAtEnd.current) current.scrollTop = current.scrollHeight;
    };
    const observer = new ResizeObserver(toEnd);
    observer.observe(current);
    for (const child of current.children) observer.observe(child);
    current.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      current.removeEventListener('scroll', onScroll);
    };
  }, [element]);
  useLayoutEffect(() => {
    if (isAtEnd.current && element.current)
      element.current.scrollTop = element.current.scrollHeight;
  });
}
