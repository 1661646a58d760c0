import { pluralIn } from '../../../texts/plural.js';

const plural = pluralIn('en');

/** The live test beside the canvas. */
export const testing = {
  panels: 'Side panel',
  panelEdge: 'Width of the side panel',
  properties: 'Properties',
  test: {
    title: 'Test run',
    explain: 'Run the current draft and follow it on the canvas.',
    start: 'Start test',
    stepThrough: 'Step through',
    cannotRun: 'Fix these issues to start a test:',
    variables: 'Variables',
    none: 'No variables yet',
    again: 'Run again',
    stop: 'Stop',
    leave: 'Close this run',
    steps: 'Steps',
    step: 'Run node',
    skip: 'Skip node',
    skipWait: 'Skip the wait',
    showNode: 'Show the node',
    answerAgain: 'Go back and answer differently',
    goOn: 'Continue',
    retry: 'Retry this node',
    log: 'Log',
    pauseHere: 'Pause tests before this node',
    unpause: 'Don’t pause here',
    pausesAt: (count: number) => plural(count, 'Pauses before # node', 'Pauses before # nodes'),
    recent: 'Recent runs',
    noRuns: 'This flow hasn’t run yet.',
    show: (when: string) => `Show the run from ${when}`,
    draft: 'Draft',
    version: (version: number) => `Version ${version}`,
  },
};
