import type { TemplatesTexts } from '../templates-texts.js';

/** Templates and their preview, in German. */
export const de: TemplatesTexts = {
  title: 'Vorlagen',
  text: 'Flows zum Loslegen. Aus jeder Vorlage wird ein eigener Flow, der sich frei ändern lässt.',
  search: 'Vorlagen suchen',
  searchHint: 'Nach Namen suchen',
  category: 'Kategorie',
  all: 'Alle',
  categories: {
    sales: 'Vertrieb',
    support: 'Support',
    scheduling: 'Termine',
    onboarding: 'Einführung',
    feedback: 'Feedback',
    commerce: 'Handel',
    retention: 'Kundenbindung',
    community: 'Von Nutzern',
  },
  loading: 'Vorlagen werden geladen …',
  failed: 'Die Vorlagen lassen sich nicht zeigen',
  none: 'Keine Vorlage passt',
  noneText: 'Zu dieser Suche und Kategorie gibt es nichts.',
  noneOfUsers: 'Noch hat niemand eine Vorlage geteilt',
  noneOfUsersText:
    'Eigene Flows lassen sich in ihrem Menü unter „Flows“ als Vorlage markieren; dann stehen sie hier.',
  showAll: 'Alle Vorlagen zeigen',
  found: (count: number) => (count === 1 ? '1 Vorlage' : `${count} Vorlagen`),
  foundAtLeast: (count: number) => `${count} Vorlagen und mehr`,
  back: 'Alle Vorlagen',
  use: 'Vorlage verwenden',
  using: 'Flow wird angelegt …',
  own: 'Eigene',
  nodes: (count: number) => (count === 1 ? '1 Knoten' : `${count} Knoten`),
  needs: 'Was sie braucht',
  needsNothing: 'Nichts: Sie läuft, wie sie ist.',
  need: {
    model: { name: 'Gemini', text: 'Einen Schlüssel für das Sprachmodell, in den Einstellungen' },
    knowledge: { name: 'Wissen', text: 'Dokumente oder Seiten zum Nachschlagen' },
    service: {
      name: 'Dienst',
      text: 'Die Adresse eines eigenen Dienstes, in ihrem HTTP-Knoten',
    },
  },
  made: 'Woraus sie besteht',
  kinds: {
    trigger: 'Auslöser',
    speak: 'Sprechen',
    listen: 'Zuhören',
    ai: 'KI',
    logic: 'Logik',
    integration: 'Integration',
  },
  drawing: (name: string, count: number) => `Zeichnung von ${name}, ${count} Knoten`,
  builtIn: {
    'template-lead-qualification': {
      name: 'Leads qualifizieren',
      description:
        'Fragt nach dem Bedarf, lässt das Modell den Lead bewerten, bietet vielversprechenden ein Gespräch an und schickt jeden Lead ins CRM.',
    },
    'template-support-triage': {
      name: 'Support-Anfragen sortieren',
      description:
        'Ordnet jede Frage nach Thema und Dringlichkeit, antwortet aus dem Wissen und übergibt an Menschen, wo das nicht reicht.',
    },
    'template-appointment': {
      name: 'Termin mit Erinnerung',
      description:
        'Vereinbart in wenigen Fragen einen Termin, erinnert am Tag davor und gibt ihn frei, wenn niemand bestätigt.',
    },
    'template-front-desk': {
      name: 'Empfang',
      description:
        'Das Modell unterhält sich frei, bis es weiß, wer schreibt, worum es geht und wie man sich meldet. Dabei schlägt es im Wissen nach und freie Zeiten im Kalender.',
    },
    'template-onboarding': {
      name: 'Einführung über mehrere Tage',
      description:
        'Begrüßt neue Kunden, fragt nach dem Ziel und kommt nach einem, drei und sieben Tagen mit dem passenden Schritt zurück.',
    },
    'template-feedback-survey': {
      name: 'Feedback-Umfrage',
      description:
        'Fragt nach der Weiterempfehlung, hakt je nach Antwort nach, fasst zusammen und schickt es an eine Liste.',
    },
    'template-order-status': {
      name: 'Bestellstatus',
      description:
        'Fragt nach der Bestellnummer, schlägt sie per HTTP im Shop nach und sagt, wo das Paket ist.',
    },
    'template-re-engagement': {
      name: 'Kunden zurückgewinnen',
      description:
        'Schreibt Kunden, die still geworden sind, fragt, woran es liegt, macht ein passendes Angebot und nimmt ein Nein an.',
    },
    'template-faq': {
      name: 'Antworten auf Fragen',
      description:
        'Beantwortet beliebig viele Fragen aus dem Wissen, im eigenen Ton, bis keine mehr kommt.',
    },
  },
};
