import { pluralIn } from '../../../texts/plural.js';
import type { RunsTexts } from '../../runs-texts.js';

const plural = pluralIn('de');

/** The views of one run. */
export const timeline: RunsTexts['timeline'] = {
  views: 'Ansichten der Ausführung',
  chat: 'Chat',
  timeline: 'Verlauf',
  canvas: 'Arbeitsfläche',
  loading: 'Ereignisse werden geladen …',
  failed: 'Die Ereignisse konnten nicht geladen werden',
  flowFailed: 'Der Flow dieser Ausführung konnte nicht geladen werden',
  empty: 'Noch keine Ereignisse.',
  nothingFits: 'Hier gibt es keine passenden Ereignisse, vielleicht aber unter den früheren.',
  earlier: 'Frühere Ereignisse anzeigen',
  all: 'Alle',
  errors: 'Fehlgeschlagen',
  filter: 'Knoten filtern',
  onlyNode: (label: string) => `Nur „${label}“`,
  everyNode: 'Alle Knoten anzeigen',
  showNode: (label: string) => `Nur „${label}“ anzeigen`,
  visit: (visit: number) => `Besuch ${visit}`,
  visits: (count: number) => plural(count, 'Einmal besucht', '#-mal besucht'),
  attempt: (attempt: number) => `Versuch ${attempt}`,
  tokensOf: (input: number, output: number) =>
    `${plural(input, '# Token', '# Tokens')} Eingabe, ${output} Ausgabe`,
  cost: (usd: string) => `etwa ${usd} $`,
  leftBy: (handle: string) => `Ausgang: ${handle}`,
  sources: 'Quellen',
  page: (page: number) => `Seite ${page}`,
  waitsFor: 'Wartet auf',
  until: (when: string) => `bis ${when}`,
  nextRetry: (when: string) => `Nächster Versuch: ${when}`,
  states: {
    active: 'Läuft',
    waiting: 'Wartet',
    paused: 'Pausiert davor',
    done: 'Erledigt',
    skipped: 'Übersprungen',
    failed: 'Fehlgeschlagen',
    stopped: 'Hier beendet',
  },
  run: {
    started: (version: string) => `Ausführung gestartet mit ${version}`,
    retry: (label: string) => `Wiederholt ab „${label}“`,
    fork: (label: string) => `Abgezweigt ab „${label}“`,
    migrate: (from: string, to: string) => `Umgestellt von ${from} auf ${to}`,
    version: (number: number) => `Version ${number}`,
    draft: 'Entwurf',
  },
  speaker: { user: 'Kunde', ai: 'KI', system: 'Flow' },
  expects: {
    any: 'eine beliebige Antwort',
    choice: 'eine Auswahl',
    number: 'eine Zahl',
    email: 'eine E-Mail-Adresse',
    phone: 'eine Telefonnummer',
    date: 'ein Datum',
    pattern: 'eine Antwort in einem bestimmten Format',
  },
};
