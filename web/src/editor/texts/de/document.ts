import { pluralIn } from '../../../texts/plural.js';

const plural = pluralIn('de');

/** Opening, saving and publishing a flow. */
export const document = {
  close: 'Schließen',
  loading: 'Flow wird geöffnet …',
  failed: 'Der Flow konnte nicht geöffnet werden',
  name: 'Name des Flows',
  nearlyFull: 'Grenze fast erreicht',
  save: {
    saved: 'Gespeichert',
    saving: 'Wird gespeichert …',
    offline: 'Offline. Auf diesem Gerät gespeichert, wird später synchronisiert',
    offlineUnkept: 'Änderungen nicht gespeichert. Lassen Sie diesen Tab geöffnet',
    refused: 'Nicht gespeichert',
    stale: 'Dieser Flow wurde an anderer Stelle geändert',
    chooseFirst:
      'Jemand anderes hat diesen Flow geändert. Wählen Sie, welche Änderungen bleiben sollen, und versuchen Sie es erneut.',
    unsaved: (reason: string) => `Ihre Änderungen sind noch nicht gespeichert. ${reason}`,
    mine: 'Meine Fassung behalten',
    theirs: 'Andere Fassung verwenden',
    undoable: 'Sie können das rückgängig machen.',
    differences: {
      added: (names: string) => `In der anderen Fassung hinzugefügt: ${names}`,
      removed: (names: string) => `In der anderen Fassung gelöscht: ${names}`,
      changed: (names: string) => `Geändert: ${names}`,
      connections: (count: number) =>
        plural(count, '# Verbindung weicht ab', '# Verbindungen weichen ab'),
      name: 'Der Name weicht ab',
      notes: 'Die Notizen weichen ab',
      more: (names: string, count: number) =>
        plural(count, `${names} und # weiterer`, `${names} und # weitere`),
    },
  },
  people: {
    label: 'Auch hier',
    you: 'Sie, in einem anderen Tab',
    editing: (name: string) => `${name}, bearbeitet den Flow`,
    warning: (names: string) =>
      `Gerade bearbeitet von: ${names}. Wenn Sie den Flow auch ändern, müssen Sie sich für eine Fassung entscheiden.`,
    followed: (name: string) => `${name} hat Änderungen gespeichert. Sie sehen sie jetzt.`,
    updated: 'Auf den neuesten Stand gebracht',
  },
  viewOnly: {
    copy: 'In diesen Arbeitsbereich kopieren',
    foreign:
      'Nur Ansicht. Dieser Flow gehört jemand anderem. Kopieren Sie ihn, um ihn zu bearbeiten.',
  },
  publish: {
    label: 'Veröffentlichen',
    publishing: 'Wird veröffentlicht …',
    done: (version: number) => `Version ${version} ist live. Neue Ausführungen verwenden sie.`,
    blocked: 'Beheben Sie diese Probleme, um zu veröffentlichen',
  },
  generate: {
    open: 'Mit KI generieren',
    title: 'Flow generieren',
    titleChange: 'Diesen Flow ändern',
    label: 'Wozu dient die Konversation, und was passiert darin?',
    labelChange: 'Was soll sich ändern?',
    example:
      'Leads für eine Zahnarztpraxis qualifizieren, ein Telefonat vereinbaren, nach zwei Tagen erinnern',
    exampleChange: 'Auch nach der Telefonnummer fragen und nach einem Tag erinnern',
    submit: 'Generieren',
    submitChange: 'Änderungen vorschlagen',
    stages: {
      asking: 'Beschreibung wird gelesen …',
      writing: 'Flow wird geschrieben …',
      checking: 'Flow wird geprüft …',
      repairing: 'Gefundene Probleme werden behoben …',
      laying_out: 'Knoten werden angeordnet …',
    },
    written: (characters: string) => `${characters} Zeichen bisher`,
    stop: 'Stoppen',
    failed: 'Der Flow konnte nicht generiert werden',
    proposal: 'Vorgeschlagener Flow',
    added: (count: number) => plural(count, '# neuer Knoten', '# neue Knoten'),
    changed: (count: number) => plural(count, '# geändert', '# geändert'),
    removed: (count: number) => plural(count, '# entfernt', '# entfernt'),
    nothing: 'Keine Änderungen.',
    accept: 'Übernehmen',
    discard: 'Verwerfen',
    again: 'Prompt bearbeiten',
  },
};
