import type { Differences } from './save/differences.js';

const names = (label: string, of: readonly string[]) =>
  of.length === 0 ? '' : `${label} ${of.slice(0, 5).join(', ')}${of.length > 5 ? ' …' : ''}. `;

/** Every text of the editor. */
export const texts = {
  kinds: {
    trigger: 'Trigger',
    speak: 'Speak',
    listen: 'Listen',
    ai: 'AI',
    logic: 'Logic',
    integration: 'Integration',
  },
  kindHints: {
    trigger: 'Where the conversation starts',
    speak: 'Says something',
    listen: 'Waits for a reply',
    ai: 'Lets the model answer',
    logic: 'Branches, sets variables, waits',
    integration: 'Calls another service',
  },
  trigger: {
    manual: 'Started by hand',
    chat: 'When a chat opens',
    webhook: 'When a webhook is called',
    schedule: 'At set times',
  },
  expect: {
    any: 'Any reply',
    choice: 'A choice',
    number: 'A number',
    email: 'An e-mail address',
    date: 'A date',
    pattern: 'A pattern',
  },
  logic: {
    branch: (cases: number) => (cases === 1 ? '1 case' : `${cases} cases`),
  },
  handles: {
    out: 'then',
    timeout: 'no reply in time',
    invalid: 'not understood',
    error: 'error',
    else: 'otherwise',
  } as { [handle: string]: string },
  steps: {
    add: (kind: string) => `Add ${kind}`,
    remove: 'Delete',
    duplicate: 'Duplicate',
    paste: 'Paste',
    move: 'Move',
    align: 'Align',
    distribute: 'Distribute',
    edit: (label: string) => `Edit ${label}`,
    rename: 'Rename',
    restore: 'Restore unsaved changes',
    takeTheirs: 'Take the other version',
  },
  nothingYet: 'Nothing written yet',
  loading: 'Opening the flow …',
  failed: 'The flow cannot be opened',
  name: 'Name of the flow',
  palette: 'Nodes to add',
  quickAdd: 'Which node comes next?',
  tools: 'Edit',
  undo: (name: string | undefined) => (name === undefined ? 'Undo' : `Undo: ${name}`),
  redo: (name: string | undefined) => (name === undefined ? 'Redo' : `Redo: ${name}`),
  view: {
    label: 'View',
    in: 'Zoom in',
    out: 'Zoom out',
    reset: 'Back to 100 %',
    fit: 'Show the whole flow',
  },
  save: {
    saved: 'Saved',
    saving: 'Saving …',
    offline: 'Not saved yet: kept on this device, tried again by itself',
    refused: 'Not saved',
    stale: 'This flow was changed elsewhere',
    mine: 'Keep mine',
    theirs: 'Take theirs',
    differ: ({ added, removed, changed, wires, hasOtherName }: Differences) =>
      `${names('Theirs has in addition:', added)}${names('Theirs has not:', removed)}` +
      `${names('Different:', changed)}${wires > 0 ? `${wires} wires differ. ` : ''}` +
      `${hasOtherName ? 'The name differs. ' : ''}Undo brings back what you do not choose.`,
  },
  canvas: 'Canvas',
  node: (kind: string, label: string) => `${kind}: ${label}`,
  handle: (name: string, label: string) => `${name} of ${label}`,
} as const;
