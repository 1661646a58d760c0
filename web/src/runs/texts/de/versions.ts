import { pluralIn } from '../../../texts/plural.js';
import type { RunsTexts } from '../../runs-texts.js';

const plural = pluralIn('de');

/** The versions of a flow. */
export const versions: RunsTexts['versions'] = {
  title: 'Versionen',
  back: 'Zurück zum Flow',
  loading: 'Versionen werden geladen …',
  failed: 'Die Versionen konnten nicht geladen werden',
  empty: {
    title: 'Noch keine Versionen',
    text: 'Veröffentlichen Sie den Flow, um die erste Version zu erstellen. Alle Versionen bleiben hier erhalten.',
  },
  number: (number: number) => `Version ${number}`,
  newest: 'Live',
  published: (when: string) => `veröffentlicht ${when}`,
  nodes: (count: number) => plural(count, '# Knoten', '# Knoten'),
  runs: (count: number) => plural(count, '# Ausführung', '# Ausführungen'),
  more: 'Frühere Versionen anzeigen',
  compared: 'Im Vergleich zum Entwurf',
  same: 'Identisch mit dem Entwurf',
  added: (count: number) =>
    plural(count, '# Knoten nur in dieser Version', '# Knoten nur in dieser Version'),
  removed: (count: number) => plural(count, '# Knoten nur im Entwurf', '# Knoten nur im Entwurf'),
  changed: (count: number) =>
    plural(count, '# Knoten weicht vom Entwurf ab', '# Knoten weichen vom Entwurf ab'),
  wires: (count: number) => plural(count, '# Verbindung weicht ab', '# Verbindungen weichen ab'),
  variables: 'Die Variablen weichen ab',
  restore: 'Als Entwurf wiederherstellen',
  restored: (number: number) => `Version ${number} wurde als Entwurf wiederhergestellt`,
  undo: 'Rückgängig',
  undone: 'Ihr vorheriger Entwurf ist wieder da',
  run: 'Diese Version ausführen',
};
