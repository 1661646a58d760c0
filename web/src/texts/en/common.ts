/** What every page has. */
export const common = {
  product: 'CRMFlow',
  claim: 'Conversations that take minutes or months.',
  loading: 'Loading…',
  tryAgain: 'Try again',
  close: 'Close',
  cancel: 'Cancel',
  news: 'News',
  justNow: 'just now',
  skip: 'Skip to content',
  theme: {
    label: 'Theme',
    system: 'Theme: as the system has it',
    light: 'Theme: light',
    dark: 'Theme: dark',
  },
  failures: {
    unreachable:
      'The server does not answer. Check the connection; nothing that you typed is lost.',
    unreadable: (status: number) =>
      `The server answered in a way that this page cannot read (HTTP ${status}). Try again in a moment.`,
    unknown: 'Something went wrong in this page. Reload it and try again.',
  },
  account: { short: 'Account', logOut: 'Log out', menu: (who: string) => `Account of ${who}` },
  nav: {
    label: 'Main',
    flows: 'Flows',
    templates: 'Templates',
    runs: 'Runs',
    knowledge: 'Knowledge',
    settings: 'Settings',
  },
  notFound: {
    title: 'There is nothing here',
    text: 'The address leads nowhere, or to something that is not yours.',
    back: 'To your flows',
  },
  notLoaded: {
    title: 'This page did not load',
    text: 'The connection may be gone, or there is a newer version. Nothing is lost.',
  },
  broken: {
    part: 'This part of the page has a fault. Your flow is safe: everything else goes on.',
    title: 'This page has stumbled',
    text: 'It is our fault, not yours. Runs go on on the server.',
    reload: 'Reload the page',
  },
};
