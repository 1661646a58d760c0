import type { RunsTexts } from '../../runs-texts.js';

/** The versions of a flow. */
export const versions: RunsTexts['versions'] = {
  title: 'Versionen',
  of: (name: string) => `Versionen von ${name}`,
  back: 'Zurück zum Flow',
  loading: 'Versionen werden geladen …',
  failed: 'Die Versionen können nicht angezeigt werden',
  empty: {
    title: 'Noch nichts veröffentlicht',
    text: 'Den Flow im Studio veröffentlichen: Jede Veröffentlichung bleibt hier erhalten.',
  },
  number: (number: number) => `Version ${number}`,
  newest: 'Neueste',
  published: (when: string) => `veröffentlicht ${when}`,
  nodes: (count: number) => (count === 1 ? '1 Knoten' : `${count} Knoten`),
  runs: (count: number) => (count === 1 ? '1 Lauf' : `${count} Läufe`),
  more: 'Frühere Versionen zeigen',
  compared: 'Im Vergleich zum Entwurf',
  same: 'Der Entwurf ist derselbe.',
  added: 'Nur in dieser Version',
  removed: 'Nur im Entwurf',
  changed: 'Anders im Entwurf',
  wires: (count: number) =>
    count === 1 ? '1 Verbindung ist anders' : `${count} Verbindungen sind anders`,
  variables: 'Die Variablen sind anders',
  restore: 'Zum Entwurf machen',
  restored: (number: number) => `Der Entwurf ist wieder Version ${number}`,
  undo: 'Rückgängig',
  undone: 'Der Entwurf ist wie zuvor',
  run: 'Diese Version starten',
};
