import type { Differences } from '../../save/differences.js';

const names = (label: string, of: readonly string[]) =>
  of.length === 0 ? '' : `${label} ${of.slice(0, 5).join(', ')}${of.length > 5 ? ' …' : ''}. `;

/** Opening, saving and publishing a flow. */
export const document = {
  close: 'Schließen',
  loading: 'Der Flow wird geöffnet …',
  failed: 'Der Flow lässt sich nicht öffnen',
  name: 'Name des Flows',
  save: {
    saved: 'Gesichert',
    saving: 'Wird gesichert …',
    offline: 'Noch nicht gesichert: auf diesem Gerät behalten, wird von selbst erneut versucht',
    offlineUnkept:
      'Noch nicht gesichert, und dieser Browser behält nichts: bitte auf der Seite bleiben',
    refused: 'Nicht gesichert',
    stale: 'Dieser Flow wurde anderswo geändert',
    mine: 'Meine Fassung behalten',
    theirs: 'Die andere Fassung nehmen',
    differ: ({ added, removed, changed, wires, hasOtherName, hasOtherNotes }: Differences) =>
      `${names('Die andere hat zusätzlich:', added)}${names('Die andere hat nicht:', removed)}` +
      `${names('Verschieden:', changed)}${wires > 0 ? `${wires} Verbindungen sind verschieden. ` : ''}` +
      `${hasOtherName ? 'Der Name ist verschieden. ' : ''}${hasOtherNotes ? 'Die Notizen sind verschieden. ' : ''}„Rückgängig“ holt zurück, was nicht gewählt wurde.`,
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
    labelChange: 'Was anders werden soll',
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
