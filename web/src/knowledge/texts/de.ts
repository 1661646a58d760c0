import { pluralIn } from '../../texts/plural.js';
import type { KnowledgeTexts } from '../knowledge-texts.js';

const plural = pluralIn('de');

/** The knowledge pages, in German. */
export const de: KnowledgeTexts = {
  title: 'Wissen',
  explain: 'Die Quellen, aus denen KI-Knoten antworten: PDFs, Webseiten und eigene Einträge.',
  loading: 'Ihr Wissen wird geladen …',
  failed: 'Ihr Wissen konnte nicht geladen werden',
  more: 'Mehr anzeigen',
  back: 'Alle Quellen',
  add: {
    label: 'Hinzufügen',
    pdf: 'PDF hochladen',
    page: 'Webseite hinzufügen',
    entry: 'Eintrag hinzufügen',
    dropHere: 'PDFs zum Hochladen hier ablegen',
    uploading: (name: string) => `${name} wird hochgeladen …`,
    failed: (name: string, reason: string) => `${name}: ${reason}`,
  },
  empty: {
    title: 'Noch kein Wissen',
    text: 'Laden Sie ein PDF hoch, fügen Sie eine Webseite hinzu oder schreiben Sie eine Frage mit Antwort. KI-Knoten, die das Wissen nutzen, antworten daraus und nennen ihre Quellen.',
  },
  page: {
    title: 'Webseite hinzufügen',
    text: 'CRMFlow liest den Haupttext der Seite, wie ihn jeder ohne Anmeldung sieht. Sie können die Seite später aktualisieren.',
    address: 'URL',
    submit: 'Seite hinzufügen',
  },
  entry: {
    title: 'Eintrag hinzufügen',
    kinds: 'Art des Eintrags',
    answer: 'Frage und Antwort',
    text: 'Text',
    question: 'Frage',
    questionHint: 'So, wie Ihre Kunden sie stellen würden',
    answerLabel: 'Antwort',
    name: 'Name',
    content: 'Text',
    submit: 'Eintrag speichern',
  },
  types: { pdf: 'PDF', url: 'Webseite', manual: 'Eintrag' },
  status: {
    waiting: 'In der Warteschlange',
    reading: (progress: number) => `Wird indexiert, ${progress} %`,
    again: (progress: number) =>
      `Wird neu indexiert, ${progress} % (bisherige Fassung gilt weiter)`,
    failed: 'Indexierung fehlgeschlagen',
    failedAgain: 'Neuindexierung fehlgeschlagen (bisherige Fassung gilt weiter)',
    off: 'Aus',
  },
  facts: {
    pages: (count: number) => plural(count, '# Seite', '# Seiten'),
    passages: (count: number) => plural(count, '# Textstelle', '# Textstellen'),
    characters: (count: number) => plural(count, '# Zeichen', '# Zeichen'),
    read: (when: string) => `indexiert ${when}`,
    byMeaning: 'nach Wortlaut und Bedeutung auffindbar',
    byWords: 'nach Wortlaut auffindbar',
  },
  item: {
    more: (name: string) => `Weitere Aktionen für ${name}`,
    use: 'Verwenden',
    useOf: (name: string) => `${name} verwenden`,
    rename: 'Umbenennen',
    refresh: 'Aktualisieren',
    remove: 'Löschen',
    name: 'Name',
    save: 'Speichern',
    language: 'Sprache des Textes',
    source: 'Seite öffnen',
    removeTitle: 'Diese Quelle löschen?',
    removeText: (name: string) =>
      `„${name}“ und alle Textstellen daraus werden gelöscht. KI-Knoten können die Quelle nicht mehr verwenden. Bereits gesendete Nachrichten bleiben erhalten.`,
    removed: (name: string) => `„${name}“ wurde gelöscht`,
  },
  languages: {
    simple: 'Andere',
    danish: 'Dänisch',
    dutch: 'Niederländisch',
    english: 'Englisch',
    finnish: 'Finnisch',
    french: 'Französisch',
    german: 'Deutsch',
    hungarian: 'Ungarisch',
    italian: 'Italienisch',
    norwegian: 'Norwegisch',
    portuguese: 'Portugiesisch',
    russian: 'Russisch',
    spanish: 'Spanisch',
    swedish: 'Schwedisch',
    turkish: 'Türkisch',
  },
  leftOut: {
    title: 'Nicht gelesen',
    reasons: {
      image:
        'Seiten, die nur aus Bildern bestehen. Text erkennen lassen (OCR) und Datei neu hochladen',
      unreadable:
        'Seiten, deren Text sich nicht entschlüsseln lässt. Text erkennen lassen (OCR) und Datei neu hochladen',
      running_line: 'Titel und Seitenzahlen, die auf jeder Seite stehen',
      navigation: 'Menüs und Linklisten',
      hidden: 'Text, den die Seite ausblendet',
      beside: 'Text neben dem eigentlichen Inhalt',
    },
    pages: (count: number, pages: string) => plural(count, `Seite ${pages}`, `Seiten ${pages}`),
  },
  passages: {
    title: 'Textstellen',
    none: 'Noch keine Textstellen.',
    page: (page: number) => `Seite ${page}`,
    more: 'Mehr Textstellen anzeigen',
  },
  search: {
    title: 'Frage ausprobieren',
    label: 'Fragen Sie wie ein Kunde',
    submit: 'Suchen',
    none: 'Keine Textstelle beantwortet diese Frage. Formulieren Sie sie um oder fügen Sie einen Eintrag mit der Antwort hinzu.',
    found: (count: number) =>
      plural(
        count,
        'Ein KI-Knoten erhält diese Textstelle:',
        'Ein KI-Knoten erhält diese # Textstellen, die beste zuerst:',
      ),
    score: (percent: number) => `Übereinstimmung: ${percent} %`,
  },
};
