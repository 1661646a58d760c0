import { pluralIn } from '../plural.js';

const plural = pluralIn('de');

/** The dashboard. */
export const flows = {
  flows: {
    create: 'Neuer Flow',
    untitled: 'Unbenannter Flow',
    chatOpens: 'Chat geöffnet',
    title: 'Ihre Flows',
    loading: 'Flows werden geladen …',
    example: 'Beispiel-Flow erstellen',
    creating: 'Wird erstellt …',
    import: 'JSON importieren',
    try: 'Ausprobieren',
    tryNamed: (name: string) => `${name} ausprobieren`,
    starting: 'Wird gestartet …',
    more: 'Mehr anzeigen',
    empty: 'Noch keine Flows',
    emptyText:
      'Ein Flow ist eine Konversation, die Sie zeichnen. Starten Sie mit einem Beispiel, das alle sechs Knotentypen verwendet, oder importieren Sie einen Flow als JSON.',
    failed: 'Ihre Flows konnten nicht geladen werden',
    nodes: (count: number) => plural(count, '# Knoten', '# Knoten'),
    updated: (when: string) => `bearbeitet ${when}`,
    cannotRun: 'Dieser Flow kann noch nicht ausgeführt werden',
  },
  frame: {
    back: 'Zurück zu Ihren Flows',
    sections: {
      build: 'Bearbeiten',
      share: 'Teilen',
      conversations: 'Konversationen',
      analytics: 'Analyse',
      versions: 'Versionen',
    },
    sectionsOf: (name: string) => `Seiten von ${name}`,
    titleOf: (section: string, name: string) => `${section} · ${name}`,
    loading: 'Der Flow wird geladen …',
    failed: 'Der Flow konnte nicht geladen werden',
    draft: 'Entwurf',
    draftHint: 'Noch nicht veröffentlicht',
    live: (version: number) => `Version ${version} ist live`,
    changes: (version: number) => `Änderungen seit Version ${version}`,
    changesHint: 'Der Entwurf enthält Änderungen, die noch nicht veröffentlicht sind',
  },
  importing: {
    title: 'Flow importieren',
    text: 'Fügen Sie einen Flow als JSON ein oder wählen Sie eine Datei aus.',
    json: 'Flow als JSON',
    file: 'Datei auswählen',
    submit: 'Importieren',
    submitting: 'Wird importiert …',
    empty: 'Fügen Sie zuerst einen Flow ein oder wählen Sie eine Datei aus.',
    notJson: (reason: string) => `Das ist kein gültiges JSON: ${reason}`,
    unreadableFile: 'Die Datei konnte nicht gelesen werden. Wählen Sie sie erneut aus.',
    faults: 'Beheben Sie diese Fehler, um den Flow zu importieren',
    whole: 'gesamter Flow',
  },
};
