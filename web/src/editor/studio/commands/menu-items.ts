import {
  ArrowRightFromLine,
  Cable,
  ClipboardPaste,
  Copy,
  CopyPlus,
  Maximize,
  Network,
  Plus,
  Scissors,
  NotebookPen,
  Pencil,
  Settings2,
  SquareDashedMousePointer,
  Trash2,
} from 'lucide';
import type { MenuItem } from '../../../ui/menu/menu-list.js';
import { toast } from '../../../ui/toast/toast.js';
import { alignments, distributions } from '../../canvas/arrangements.js';
import type { Point } from '../../commands/nodes.js';
import { texts } from '../../editor-texts.js';
import type { DocumentReader } from '../../model/store.js';
import type { OpenFlow } from '../../open-editor.js';
import type { Canvas } from '../../rete/create-canvas.js';
import { type Shortcut, shortcuts, shownKeys } from './shortcuts.js';
import type { Commands } from './studio-commands.js';
import type { MenuTarget } from '../studio-state.js';
import { localized } from '../../../node-look.js';
import { additions, viewOfAddition } from '../../canvas/kinds.js';

const isMac = () => /Mac|iPhone|iPad/.test(navigator.userAgent);

const keysOf = (written: string) => shownKeys(written, isMac()).join(isMac() ? '' : '+');

/** The clipboard by a menu is asked for by name, and browsers may refuse that. */
async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    toast(texts.clipboard.refused, { kind: 'failed' });
    return false;
  }
}

async function read(): Promise<string | undefined> {
  try {
    return await navigator.clipboard.readText();
  } catch {
    toast(texts.clipboard.refused, { kind: 'failed' });
    return undefined;
  }
}

/** What drawing the flow the other way is called. */
const turnWords = (document: DocumentReader) =>
  texts.view[document.direction.peek() === 'down' ? 'toRight' : 'toDown'];

type Around = { flow: OpenFlow; canvas: Canvas; commands: Commands; at: Point };

/** What a menu over a part of the canvas offers. */
export function menuItems(on: MenuTarget, { flow, canvas, commands, at }: Around): MenuItem[] {
  const { actions, editor } = flow;
  const line = (
    name: Shortcut,
    icon: NonNullable<Extract<MenuItem, { icon?: unknown }>['icon']>,
  ) => ({
    label: texts.keys.names[name],
    icon,
    keys: keysOf(shortcuts.find((one) => one.name === name)?.keys[0] ?? ''),
    onSelect: commands.byKey[name],
  });
  const paste = async () => {
    const text = await read();
    if (text === undefined || actions.pasteAt(text, canvas.viewport.toCanvas(at))) return;
    toast(texts.clipboard.foreign, { kind: 'failed' });
  };
  const pasting: MenuItem = {
    label: texts.steps.paste,
    icon: ClipboardPaste,
    keys: keysOf('Mod+v'),
    onSelect: () => void paste(),
  };
  const copying: MenuItem[] = [
    {
      label: texts.clipboard.cut,
      icon: Scissors,
      keys: keysOf('Mod+x'),
      onSelect: () =>
        void write(actions.copy()).then((isDone) => isDone && actions.removeSelected()),
    },
    {
      label: texts.clipboard.copy,
      icon: Copy,
      keys: keysOf('Mod+c'),
      onSelect: () => void write(actions.copy()),
    },
  ];
  const removing = { ...line('remove', Trash2), isDangerous: true };

  if (on.kind === 'edge') {
    const point = canvas.viewport.toCanvas(at);
    return [
      ...additions
        .filter((kind) => kind !== 'trigger')
        .map((kind) => ({
          label: texts.insert(localized(viewOfAddition(kind).name)),
          icon: viewOfAddition(kind).icon,
          onSelect: () => actions.addOnEdge(kind, on.id, point),
        })),
      'separator',
      removing,
    ];
  }
  if (on.kind === 'canvas') {
    const point = canvas.viewport.toCanvas(at);
    return [
      ...additions.map((kind) => ({
        label: texts.add(localized(viewOfAddition(kind).name)),
        icon: viewOfAddition(kind).icon,
        onSelect: () => void actions.add(kind, point),
      })),
      {
        label: texts.steps.addNote,
        icon: NotebookPen,
        keys: keysOf('n'),
        onSelect: () => canvas.write(actions.addNote(point)),
      },
      'separator',
      pasting,
      line('selectAll', SquareDashedMousePointer),
      line('layOut', Network),
      { ...line('turn', ArrowRightFromLine), label: turnWords(editor.document) },
      line('fit', Maximize),
    ];
  }
  if (on.kind === 'note') {
    return [
      { label: texts.notes.edit, icon: Pencil, onSelect: () => canvas.write(on.id) },
      'separator',
      ...copying,
      line('duplicate', CopyPlus),
      'separator',
      removing,
    ];
  }
  const { size } = editor.selection.current.peek().nodes;
  const arranging = (): MenuItem[] => [
    ...alignments.map(([alignment, icon]) => ({
      label: texts.many[alignment],
      icon,
      onSelect: () => actions.align(alignment),
    })),
    ...distributions.map(([direction, icon]) => ({
      label: texts.many[direction],
      icon,
      isDisabled: size < 3,
      onSelect: () => actions.distribute(direction),
    })),
    line('layOut', Network),
  ];
  return [
    ...(size > 1
      ? arranging()
      : [line('properties', Settings2), line('addAfter', Plus), line('connect', Cable)]),
    'separator',
    ...copying,
    line('duplicate', CopyPlus),
    'separator',
    removing,
  ];
}
