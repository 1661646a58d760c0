/** What keys do, and which: also what the sheet of keys shows. `Mod` is Ctrl, or ⌘ on a Mac. */
export const shortcuts = [
  { name: 'undo', group: 'edit', keys: ['Mod+z'] },
  { name: 'redo', group: 'edit', keys: ['Mod+Shift+z', 'Mod+y'] },
  { name: 'remove', group: 'edit', keys: ['Delete', 'Backspace'] },
  { name: 'duplicate', group: 'edit', keys: ['Mod+d'] },
  { name: 'selectAll', group: 'edit', keys: ['Mod+a'] },
  { name: 'clear', group: 'edit', keys: ['Escape'] },
  { name: 'save', group: 'edit', keys: ['Mod+s'] },
  { name: 'note', group: 'edit', keys: ['n'] },
  { name: 'layOut', group: 'edit', keys: ['Shift+l'] },
  { name: 'turn', group: 'edit', keys: ['Shift+d'] },
  { name: 'properties', group: 'node', keys: ['Enter'] },
  { name: 'addAfter', group: 'node', keys: ['a'] },
  { name: 'connect', group: 'node', keys: ['c'] },
  { name: 'nextWire', group: 'node', keys: ['e'] },
  { name: 'menu', group: 'node', keys: ['ContextMenu', 'Shift+F10'] },
  { name: 'left', group: 'node', keys: ['ArrowLeft'] },
  { name: 'right', group: 'node', keys: ['ArrowRight'] },
  { name: 'up', group: 'node', keys: ['ArrowUp'] },
  { name: 'down', group: 'node', keys: ['ArrowDown'] },
  { name: 'farLeft', group: 'node', keys: ['Shift+ArrowLeft'] },
  { name: 'farRight', group: 'node', keys: ['Shift+ArrowRight'] },
  { name: 'farUp', group: 'node', keys: ['Shift+ArrowUp'] },
  { name: 'farDown', group: 'node', keys: ['Shift+ArrowDown'] },
  { name: 'goLeft', group: 'go', keys: ['Alt+ArrowLeft'] },
  { name: 'goRight', group: 'go', keys: ['Alt+ArrowRight'] },
  { name: 'goUp', group: 'go', keys: ['Alt+ArrowUp'] },
  { name: 'goDown', group: 'go', keys: ['Alt+ArrowDown'] },
  { name: 'find', group: 'go', keys: ['Mod+f'] },
  { name: 'nextFault', group: 'go', keys: ['F8'] },
  { name: 'previousFault', group: 'go', keys: ['Shift+F8'] },
  { name: 'zoomIn', group: 'view', keys: ['Mod++', 'Mod+='] },
  { name: 'zoomOut', group: 'view', keys: ['Mod+-'] },
  { name: 'zoomReset', group: 'view', keys: ['Mod+0'] },
  { name: 'fit', group: 'view', keys: ['Shift+1', 'Shift+!'] },
  { name: 'minimap', group: 'view', keys: ['m'] },
  { name: 'help', group: 'view', keys: ['?'] },
] as const;

/** The name of something that a key does. */
export type Shortcut = (typeof shortcuts)[number]['name'];

/** Parts of the sheet of keys. */
export type ShortcutGroup = (typeof shortcuts)[number]['group'];

/** Keys whose meaning Shift does not change into another sign. */
const isPlain = (key: string) => /^[a-z]$/.test(key) || key.length > 1;

/** Whether a press of keys is the one that is written so: modifiers, then the key. */
export function isShortcut(
  written: string,
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
): boolean {
  const parts = written.endsWith('++')
    ? [...written.slice(0, -2).split('+'), '+']
    : written.split('+');
  const key = parts.at(-1)?.toLowerCase() ?? '';
  return (
    event.key.toLowerCase() === key &&
    (event.ctrlKey || event.metaKey) === parts.includes('Mod') &&
    // With other keys Shift says which sign it is, and is part of the key already.
    (!isPlain(key) || event.shiftKey === parts.includes('Shift')) &&
    event.altKey === parts.includes('Alt')
  );
}

const signs: { [part: string]: string } = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Delete: 'Del',
  ContextMenu: '▤',
};

/** Keys as people read them. @param isMac whether ⌘ is what Ctrl is elsewhere */
export function shownKeys(written: string, isMac: boolean): string[] {
  const parts = written.endsWith('++')
    ? [...written.slice(0, -2).split('+'), '+']
    : written.split('+');
  return parts.map((part) => {
    if (part === 'Mod') return isMac ? '⌘' : 'Ctrl';
    return signs[part] ?? (part.length === 1 ? part.toUpperCase() : part);
  });
}
