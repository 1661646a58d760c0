import { pluralIn } from '../../../texts/plural.js';
import type { RunsTexts } from '../../runs-texts.js';

const plural = pluralIn('de');

/** The list of runs. */
export const list: RunsTexts['list'] = {
  title: 'Ausführungen',
  loading: 'Ausführungen werden geladen …',
  failed: 'Die Ausführungen konnten nicht geladen werden',
  empty: {
    title: 'Noch keine Ausführungen',
    text: 'Öffnen Sie einen Flow und starten Sie einen Test, oder probieren Sie einen Flow aus Ihrer Liste aus. Seine Ausführungen erscheinen hier.',
    flows: 'Zu Ihren Flows',
  },
  none: {
    title: 'Keine passenden Ausführungen',
    text: 'Versuchen Sie es mit einem anderen Flow oder Status.',
    all: 'Alle Ausführungen anzeigen',
  },
  flow: 'Flow',
  allFlows: 'Alle Flows',
  status: 'Status',
  allStatuses: 'Alle',
  startedAgo: (when: string) => `Gestartet ${when}`,
  lastAgo: (when: string) => `Letztes Ereignis ${when}`,
  tookTime: (duration: string) => `Dauer: ${duration}`,
  draft: 'Entwurf',
  number: (version: number) => `Version ${version}`,
  more: 'Mehr anzeigen',
  fresh: (count: number) =>
    plural(count, '# neue Ausführung anzeigen', '# neue Ausführungen anzeigen'),
  fork: 'Abzweigung',
};
