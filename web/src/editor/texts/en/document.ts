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
    differ: ({ added, removed, changed, wires, hasOtherName, hasOtherNotes }: Differences) =>
      `${names('Theirs has in addition:', added)}${names('Theirs has not:', removed)}` +
      `${names('Different:', changed)}${wires > 0 ? `${wires} wires differ. ` : ''}` +
      `${hasOtherName ? 'The name differs. ' : ''}${hasOtherNotes ? 'The notes differ. ' : ''}Undo brings back what you do not choose.`,
  },
  publish: {
    label: 'Publish',
    publishing: 'Publishing …',
    done: (version: number) => `Version ${version} is published: new runs take it.`,
    blocked: 'The flow cannot be published yet',
  },
  generate: {
    open: 'Describe it',
    title: 'Describe the flow',
    titleChange: 'Change this flow',
    label: 'What the conversation is for, and what happens in it',
    labelChange: 'What shall be different',
    example: 'Qualify leads for a dental clinic, book a call, remind after two days',
    exampleChange: 'Ask for the phone number too, and remind after a day',
    submit: 'Write it',
    submitChange: 'Propose changes',
    stages: {
      asking: 'The model is reading your words …',
      writing: 'The model is writing the flow …',
      checking: 'The flow is being checked …',
      repairing: 'The model is mending what the check has found …',
      laying_out: 'The flow is being laid out …',
    },
    written: (characters: string) => `${characters} characters so far`,
    stop: 'Stop',
    failed: 'No flow was written',
    proposal: 'Proposed flow',
    added: (count: number) => (count === 1 ? '1 new node' : `${count} new nodes`),
    changed: (count: number) => (count === 1 ? '1 changed' : `${count} changed`),
    removed: (count: number) => (count === 1 ? '1 removed' : `${count} removed`),
    nothing: 'Nothing would change.',
    accept: 'Accept',
    discard: 'Discard',
    again: 'Say it differently',
  },
};
