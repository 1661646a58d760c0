import { pluralIn } from '../../../texts/plural.js';
import type { RunsTexts } from '../../runs-texts.js';

const plural = pluralIn('de');

/** What happened in the runs of a flow. */
export const analytics: RunsTexts['analytics'] = {
  loading: 'Analyse wird geladen …',
  failed: 'Die Analyse konnte nicht geladen werden',
  period: 'Zeitraum',
  days: (count: number) => plural(count, 'Letzter Tag', 'Letzte # Tage'),
  version: 'Version',
  everyVersion: 'Alle Versionen und Entwürfe',
  draft: 'Entwürfe',
  number: (number: number) => `Version ${number}`,
  empty: {
    title: 'Keine Ausführungen in diesem Zeitraum',
    text: 'Wählen Sie einen längeren Zeitraum oder starten Sie eine Ausführung.',
  },
  runs: 'Ausführungen',
  completion: 'Abschlussrate',
  completionOf: 'der beendeten Ausführungen',
  none: '–',
  tokens: 'Tokens',
  byStatus: 'Ausführungen nach Status',
  nodes: 'Leistung der Knoten',
  node: 'Knoten',
  reached: 'Erreicht',
  dropped: 'Abbrüche',
  median: 'Mittlere Dauer',
  gone: 'nicht mehr im Entwurf',
  reachedBy: (count: number, share: string) => `${count} (${share})`,
};
