import { pluralIn } from '../../../texts/plural.js';

const plural = pluralIn('en');

/** The versions of a flow. */
export const versions = {
  title: 'Versions',
  back: 'Back to the flow',
  loading: 'Loading versions…',
  failed: 'Couldn’t load the versions',
  empty: {
    title: 'No versions yet',
    text: 'Publish the flow to create its first version. Every version is kept here.',
  },
  number: (number: number) => `Version ${number}`,
  newest: 'Live',
  published: (when: string) => `published ${when}`,
  nodes: (count: number) => plural(count, '# node', '# nodes'),
  runs: (count: number) => plural(count, '# run', '# runs'),
  more: 'Show earlier versions',
  compared: 'Compared with the draft',
  same: 'Same as the draft',
  added: (count: number) =>
    plural(count, '# node only in this version', '# nodes only in this version'),
  removed: (count: number) =>
    plural(count, '# node only in the draft', '# nodes only in the draft'),
  changed: (count: number) =>
    plural(count, '# node differs from the draft', '# nodes differ from the draft'),
  wires: (count: number) => plural(count, '# connection differs', '# connections differ'),
  variables: 'The variables differ',
  restore: 'Restore as draft',
  restored: (number: number) => `Restored version ${number} as the draft`,
  undo: 'Undo',
  undone: 'Your previous draft is back',
  run: 'Run this version',
};
