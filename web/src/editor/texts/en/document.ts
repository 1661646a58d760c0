import type { Differences } from '../../save/differences.js';

const names = (label: string, of: readonly string[]) =>
  of.length === 0 ? '' : `${label} ${of.slice(0, 5).join(', ')}${of.length > 5 ? ' …' : ''}. `;

/** Opening, saving and publishing a flow. */
export const document = {
  close: 'Close',
  loading: 'Opening the flow …',
  failed: 'The flow cannot be opened',
  name: 'Name of the flow',
  save: {
    saved: 'Saved',
    saving: 'Saving …',
    offline: 'Not saved yet: kept on this device, tried again by itself',
    offlineUnkept: 'Not saved yet, and this browser keeps nothing: stay on this page',
    refused: 'Not saved',
    stale: 'This flow was changed elsewhere',
    mine: 'Keep mine',
    theirs: 'Take theirs',
    differ: ({ added, removed, changed, wires, hasOtherName }: Differences) =>
      `${names('Theirs has in addition:', added)}${names('Theirs has not:', removed)}` +
      `${names('Different:', changed)}${wires > 0 ? `${wires} wires differ. ` : ''}` +
      `${hasOtherName ? 'The name differs. ' : ''}Undo brings back what you do not choose.`,
  },
  publish: {
    label: 'Publish',
    publishing: 'Publishing …',
    done: (version: number) => `Version ${version} is published: new runs take it.`,
    blocked: 'The flow cannot be published yet',
  },
};
