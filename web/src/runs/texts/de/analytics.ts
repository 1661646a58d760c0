import type { RunsTexts } from '../../runs-texts.js';

/** What happened in the runs of a flow. */
export const analytics: RunsTexts['analytics'] = {
  title: 'Zahlen',
  of: (name: string) => `Zahlen zu ${name}`,
  back: 'Zurück zum Flow',
  loading: 'Es wird gezählt …',
  failed: 'Die Zahlen können nicht angezeigt werden',
  period: 'Zeitraum',
  days: (count: number) => `Letzte ${count} Tage`,
  version: 'Version',
  everyVersion: 'Jede Version und Entwürfe',
  draft: 'Entwürfe',
  number: (number: number) => `Version ${number}`,
  empty: {
    title: 'Kein Lauf in diesem Zeitraum',
    text: 'Einen längeren Zeitraum wählen oder einen Lauf starten.',
  },
  runs: 'Läufe',
  completion: 'Fertig geworden',
  completionOf: 'von denen, die geendet haben',
  none: '–',
  tokens: 'Tokens',
  byStatus: 'Wie die Läufe stehen',
  nodes: 'Was an jedem Knoten geschieht',
  node: 'Knoten',
  reached: 'Erreicht',
  dropped: 'Kam nicht weiter',
  median: 'Mittlere Zeit',
  gone: 'nicht mehr im Entwurf',
  reachedBy: (count: number, share: string) => `${count} (${share})`,
};
