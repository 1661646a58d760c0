import { pluralIn } from '../../../texts/plural.js';

const plural = pluralIn('de');

/** Opening, saving and publishing a flow. */
export const document = {
  close: 'Schließen',
  loading: 'Der Flow wird geöffnet …',
  failed: 'Der Flow lässt sich nicht öffnen',
  name: 'Name des Flows',
  save: {
    saved: 'Gesichert',
    saving: 'Wird gesichert …',
    offline: 'Offline. Auf diesem Gerät gespeichert, wird später synchronisiert',
    offlineUnkept: 'Änderungen nicht gespeichert. Lassen Sie diesen Tab geöffnet',
    refused: 'Nicht gesichert',
    stale: 'Dieser Flow wurde anderswo geändert',
    chooseFirst:
      'Jemand anderes hat diesen Flow geändert. Zuerst wählen, was bleiben soll, dann erneut versuchen.',
    unsaved: (reason: string) => `Die Änderungen sind noch nicht gesichert. ${reason}`,
    mine: 'Meine Fassung behalten',
    theirs: 'Die andere Fassung nehmen',
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
  publish: {
    label: 'Veröffentlichen',
    publishing: 'Wird veröffentlicht …',
    done: (version: number) => `Version ${version} ist veröffentlicht: neue Läufe nehmen sie.`,
    blocked: 'Der Flow kann noch nicht veröffentlicht werden',
  },
  generate: {
    open: 'Beschreiben',
    title: 'Den Flow beschreiben',
    titleChange: 'Diesen Flow ändern',
    label: 'Wozu das Gespräch dient und was darin geschieht',
    labelChange: 'Was soll sich ändern?',
    example:
      'Anfragen für eine Zahnarztpraxis einschätzen, ein Telefonat vereinbaren, nach zwei Tagen erinnern',
    exampleChange: 'Auch nach der Telefonnummer fragen und nach einem Tag erinnern',
    submit: 'Schreiben lassen',
    submitChange: 'Änderungen vorschlagen',
    stages: {
      asking: 'Das Modell liest die Beschreibung …',
      writing: 'Das Modell schreibt den Flow …',
      checking: 'Der Flow wird geprüft …',
      repairing: 'Das Modell behebt, was die Prüfung gefunden hat …',
      laying_out: 'Der Flow wird angeordnet …',
    },
    written: (characters: string) => `${characters} Zeichen bisher`,
    stop: 'Anhalten',
    failed: 'Es wurde kein Flow geschrieben',
    proposal: 'Vorgeschlagener Flow',
    added: (count: number) => (count === 1 ? '1 neuer Knoten' : `${count} neue Knoten`),
    changed: (count: number) => `${count} geändert`,
    removed: (count: number) => `${count} entfernt`,
    nothing: 'Es würde sich nichts ändern.',
    accept: 'Übernehmen',
    discard: 'Verwerfen',
    again: 'Anders sagen',
  },
};
