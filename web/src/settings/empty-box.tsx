import type { IconNode } from 'lucide';
import type { ComponentChildren } from 'preact';
import { Icon } from '../ui/icon.js';

/** What a section shows in the place of a list that has nothing in it. */
export function EmptyBox({
  icon,
  title,
  children,
}: {
  icon: IconNode;
  title: string;
  children?: ComponentChildren;
}) {
  return (
    <div class="empty in-section">
      <Icon of={icon} size={24} />
      <strong>{title}</strong>
      {children}
    </div>
  );
}
