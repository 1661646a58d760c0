import { pluralIn } from '../plural.js';

const plural = pluralIn('en');

/** The dashboard. */
export const flows = {
  flows: {
    create: 'New flow',
    untitled: 'Untitled flow',
    chatOpens: 'Chat opens',
    title: 'Your flows',
    loading: 'Loading your flows…',
    example: 'Create an example flow',
    creating: 'Creating…',
    import: 'Import JSON',
    try: 'Try it',
    tryNamed: (name: string) => `Try ${name}`,
    starting: 'Starting…',
    more: 'Show more',
    empty: 'No flows yet',
    emptyText:
      'A flow is a conversation that you draw. Start with an example that uses all six kinds of node, or import a flow as JSON.',
    failed: 'Couldn’t load your flows',
    nodes: (count: number) => plural(count, '# node', '# nodes'),
    updated: (when: string) => `edited ${when}`,
    cannotRun: 'This flow can’t run yet',
  },
  frame: {
    back: 'Back to your flows',
    sections: {
      build: 'Build',
      share: 'Share',
      conversations: 'Conversations',
      analytics: 'Analytics',
      versions: 'Versions',
    },
    sectionsOf: (name: string) => `Pages of ${name}`,
    titleOf: (section: string, name: string) => `${section} · ${name}`,
    loading: 'Loading the flow…',
    failed: 'Couldn’t load this flow',
    draft: 'Draft',
    draftHint: 'Not published yet',
    live: (version: number) => `Version ${version} is live`,
    changes: (version: number) => `Changes since version ${version}`,
    changesHint: 'The draft has changes that aren’t published',
  },
  importing: {
    title: 'Import a flow',
    text: 'Paste a flow as JSON, or choose a file.',
    json: 'Flow as JSON',
    file: 'Choose a file',
    submit: 'Import',
    submitting: 'Importing…',
    empty: 'Paste a flow or choose a file first.',
    notJson: (reason: string) => `This isn’t valid JSON: ${reason}`,
    unreadableFile: 'Couldn’t read the file. Choose it again.',
    faults: 'Fix these errors to import the flow',
    whole: 'entire flow',
  },
};
