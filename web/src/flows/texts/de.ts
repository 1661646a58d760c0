import { pluralIn } from '../../texts/plural.js';
import type { FlowsTexts } from '../flows-texts.js';

const plural = pluralIn('de');

/** The dashboard's list, in German. */
export const de: FlowsTexts = {
  search: 'Flows suchen',
  searchHint: 'Nach Name oder Beschreibung suchen',
  show: 'Anzeigen',
  sort: 'Sortieren nach',
  shows: {
    all: 'Alle',
    draft: 'Entwürfe',
    published: 'Veröffentlicht',
    changed: 'Mit offenen Änderungen',
    running: 'Laufend',
    failed: 'Fehlgeschlagen',
    template: 'Vorlagen',
  },
  sorts: { changed: 'Zuletzt bearbeitet', name: 'Name', lastRun: 'Letzte Ausführung' },
  none: 'Keine passenden Flows',
  noneText: 'Versuchen Sie es mit einer anderen Suche oder einem anderen Filter.',
  showAll: 'Alle Flows anzeigen',
  templates: 'Mit einer Vorlage beginnen',
  more: (name: string) => `Weitere Aktionen für ${name}`,
  draft: 'Entwurf',
  published: (version: number) => `Version ${version}`,
  publishedWhen: (when: string) => `Veröffentlicht ${when}`,
  changed: 'Seitdem bearbeitet',
  changedHint: 'Der Entwurf enthält Änderungen, die noch nicht veröffentlicht sind',
  template: 'Vorlage',
  public: 'Geteilt',
  neverRun: 'Noch nicht ausgeführt',
  open: 'Im Editor öffnen',
  try: 'Ausprobieren',
  runs: 'Ausführungen',
  versions: 'Versionen',
  analytics: 'Analyse',
  rename: 'Umbenennen',
  name: 'Neuer Name',
  duplicate: 'Duplizieren',
  export: 'Als JSON exportieren',
  isTemplate: 'Als Vorlage verwenden',
  isPublic: 'Mit allen auf diesem Server teilen',
  delete: 'Löschen',
  undo: 'Rückgängig',
  deleted: (name: string) => `„${name}“ wurde gelöscht`,
  keptOpen: (name: string) => `„${name}“ ist geöffnet und wurde nicht gelöscht`,
  notDeleted: (name: string, why: string) => `„${name}“ konnte nicht gelöscht werden. ${why}`,
  duplicated: (name: string) => `Als „${name}“ dupliziert`,
  openCopy: 'Öffnen',
  notDone: (why: string) => `Das hat nicht geklappt. ${why}`,
  found: (count: number) => plural(count, '# Flow', '# Flows'),
  foundAtLeast: (count: number) => plural(count, '# oder mehr Flows', '# oder mehr Flows'),
  example: {
    name: 'Beispiel: ein kleiner Concierge',
    description:
      'Begrüßt, hört zu, verzweigt, fragt die KI oder einen Dienst und verabschiedet sich.',
    start: 'Chat geöffnet',
    greet: {
      label: 'Begrüßung',
      text: 'Hallo! Ich zeige Ihnen, was ein Flow alles kann. Was möchten Sie?',
    },
    ask: {
      label: 'Was möchten Sie?',
      poem: 'Ein kurzes Gedicht',
      number: 'Eine Ticketnummer',
      nothing: 'Nichts, danke',
      again: 'Bitte wählen Sie eine der Antworten.',
    },
    decide: 'Welcher Wunsch?',
    poem: {
      label: 'Gedicht schreiben',
      prompt:
        'Schreibe ein Gedicht mit vier kurzen Zeilen über einen Fluss, der Nachrichten trägt.',
    },
    noModel: {
      label: 'KI nicht verfügbar',
      text: 'Die KI hat nicht geantwortet. Ist GEMINI_API_KEY gesetzt? Wir machen trotzdem weiter.',
    },
    fetch: 'Ticketnummer abrufen',
    ticket: {
      label: 'Nummer senden',
      text: 'Ihre Ticketnummer lautet {{ vars.ticket.uuid }}.',
    },
    noService: {
      label: 'Dienst nicht erreichbar',
      text: 'Der Dienst war nicht erreichbar, deshalb ging es über den Fehler-Ausgang weiter.',
    },
    rate: { label: 'Wie war es?', again: 'Bitte geben Sie eine Zahl von 1 bis 5 ein.' },
    askStars: {
      label: 'Nach Sternen fragen',
      text: 'Wie viele Sterne geben Sie diesem Beispiel, von 1 bis 5?',
    },
    bye: { label: 'Verabschiedung', text: 'Vielen Dank und auf Wiedersehen!' },
  },
};
