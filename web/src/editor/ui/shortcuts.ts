/** What keys do, and which: also the text of the sheet of keys. `Mod` is Ctrl, or ⌘ on a Mac. */
export const shortcuts = [
  { name: 'undo', keys: ['Mod+z'] },
  { name: 'redo', keys: ['Mod+Shift+z', 'Mod+y'] },
  { name: 'remove', keys: ['Delete', 'Backspace'] },
  { name: 'duplicate', keys: ['Mod+d'] },
  { name: 'selectAll', keys: ['Mod+a'] },
  { name: 'clear', keys: ['Escape'] },
  { name: 'save', keys: ['Mod+s'] },
  { name: 'zoomIn', keys: ['Mod++', 'Mod+='] },
  { name: 'zoomOut', keys: ['Mod+-'] },
  { name: 'zoomReset', keys: ['Mod+0'] },
  { name: 'fit', keys: ['Shift+1', 'Shift+!'] },
  { name: 'left', keys: ['ArrowLeft'] },
  { name: 'right', keys: ['ArrowRight'] },
  { name: 'up', keys: ['ArrowUp'] },
  { name: 'down', keys: ['ArrowDown'] },
] as const;

/** The name of something that a key does. */
export type Shortcut = (typeof shortcuts)[number]['name'];

/** Whether a press of keys is the one that is written so: modifiers, then the key. */
export function isShortcut(
  written: string,
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
): boolean {
  const parts = written.endsWith('++')
    ? [...written.slice(0, -2).split('+'), '+']
    : written.split('+');
  const key = parts.at(-1)?.toLowerCase();
  const isLetter = key !== undefined && /^[a-z]$/.test(key);
  return (
    event.key.toLowerCase() === key &&
    (event.ctrlKey || event.metaKey) === parts.includes('Mod') &&
    // With other keys Shift says which sign it is, and is part of the key already.
    (!isLetter || event.shiftKey === parts.includes('Shift')) &&
    !event.altKey
  );
}
