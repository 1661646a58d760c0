import type { RunsTexts } from '../../runs-texts.js';

/** The list of runs. */
export const list: RunsTexts['list'] = {
  title: 'Läufe',
  loading: 'Läufe werden geladen …',
  failed: 'Die Läufe können nicht angezeigt werden',
  empty: {
    title: 'Noch keine Läufe',
    text: 'Einen Flow öffnen und testen, oder ihn aus der Liste heraus ausprobieren: Seine Läufe erscheinen hier.',
    flows: 'Zu den Flows',
  },
  none: {
    title: 'Kein Lauf passt',
    text: 'Kein Lauf hat diesen Flow und diesen Stand.',
    all: 'Alle Läufe zeigen',
  },
  flow: 'Flow',
  allFlows: 'Alle Flows',
  status: 'Stand',
  allStatuses: 'Jeder Stand',
  startedAgo: (when: string) => `Gestartet ${when}`,
  lastAgo: (when: string) => `Letztes Ereignis ${when}`,
  tookTime: (duration: string) => `Dauerte ${duration}`,
  draft: 'Entwurf',
  number: (version: number) => `Version ${version}`,
  more: 'Mehr zeigen',
  fresh: (count: number) => (count === 1 ? '1 neuen Lauf zeigen' : `${count} neue Läufe zeigen`),
  fork: 'Abzweig',
};
