/** What every page has. */
export const common = {
  product: 'CRMFlow',
  claim: 'Conversations that take minutes or months.',
  loading: 'Loading…',
  tryAgain: 'Try again',
  close: 'Close',
  cancel: 'Cancel',
  news: 'Notifications',
  justNow: 'just now',
  skip: 'Skip to content',
  copy: { copy: 'Copy', copied: 'Copied', done: 'Done' },
  theme: {
    system: 'Theme: System',
    light: 'Theme: Light',
    dark: 'Theme: Dark',
  },
  failures: {
    unreachable:
      'Can’t reach the server. Check your connection and try again. Nothing you typed is lost.',
    unreadable: (status: number) =>
      `The server sent an unexpected response (HTTP ${status}). Try again in a moment.`,
    unknown: 'Something went wrong. Reload the page and try again.',
  },
  account: { short: 'Account', logOut: 'Sign out', menu: (who: string) => `Account: ${who}` },
  nav: {
    label: 'Main',
    flows: 'Flows',
    inbox: 'Inbox',
    conversations: 'Conversations',
    contacts: 'Contacts',
    templates: 'Templates',
    runs: 'Runs',
    knowledge: 'Knowledge',
    settings: 'Settings',
  },
  notFound: {
    title: 'Page not found',
    text: 'It may have been deleted, or you don’t have access.',
    back: 'Go to your flows',
  },
  notLoaded: {
    title: 'This page didn’t load',
    text: 'Check your connection, or reload to get the latest version. Nothing is lost.',
  },
  broken: {
    part: 'This part of the page crashed. Your flow is safe, and everything else still works.',
    title: 'Something went wrong',
    text: 'This is our fault, not yours. Your runs continue on the server.',
    reload: 'Reload the page',
  },
};
