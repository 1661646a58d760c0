/** The live test beside the canvas. */
export const testing = {
  panels: 'Beside the canvas',
  properties: 'Properties',
  test: {
    title: 'Test',
    explain: 'Runs the flow as it is drawn now, and shows on the canvas where it is.',
    start: 'Start a test',
    stepThrough: 'Step through',
    cannotRun: 'The flow cannot run yet:',
    variables: 'Variables',
    none: 'No variables yet',
    again: 'Run again',
    stop: 'Stop',
    leave: 'Close this run',
    steps: 'Steps',
    step: 'Run it',
    skip: 'Skip it',
    goOn: 'Continue',
  },
};
