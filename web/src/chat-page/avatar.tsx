import { MessageCircle } from 'lucide';
import { useState } from 'preact/hooks';
import { Icon } from '../ui/icon.js';

const initialOf = (name: string) => [...name.trim()][0]?.toUpperCase() ?? '';

type AvatarProps = {
  /** Of the deployment. */
  url?: string | null;
  /** Of a person, whose initial is shown. */
  name?: string | undefined;
  size: number;
};

/** The picture of who speaks: never read out, for the name is. */
export function Avatar({ url, name, size }: AvatarProps) {
  const [isBroken, setBroken] = useState(false);
  const square = { width: `${size}px`, height: `${size}px`, fontSize: `${size * 0.42}px` };
  if (url && !isBroken) {
    return (
      <img
        class="avatar"
        {...{ src: url, alt: '', width: size, height: size, style: square }}
        onError={() => setBroken(true)}
      />
    );
  }
  return (
    <span class={`avatar ${name ? 'person' : ''}`} aria-hidden="true" style={square}>
      {name ? initialOf(name) : <Icon of={MessageCircle} size={Math.round(size * 0.54)} />}
    </span>
  );
}
