import { pluralIn } from '../../texts/plural.js';
import type { TemplatesTexts } from '../templates-texts.js';

const plural = pluralIn('de');

/** Templates and their preview, in German. */
export const de: TemplatesTexts = {
  title: 'Vorlagen',
  text: 'Starten Sie mit einem fertigen Flow. Sie erhalten eine eigene Kopie, die Sie frei anpassen können.',
  search: 'Vorlagen suchen',
  searchHint: 'Nach Namen suchen',
  category: 'Kategorie',
  all: 'Alle',
  categories: {
    sales: 'Vertrieb',
    support: 'Support',
    scheduling: 'Termine',
    onboarding: 'Onboarding',
    feedback: 'Feedback',
    commerce: 'E-Commerce',
    retention: 'Kundenbindung',
    community: 'Community',
  },
  loading: 'Vorlagen werden geladen …',
  failed: 'Die Vorlagen konnten nicht geladen werden',
  none: 'Keine passenden Vorlagen',
  noneText: 'Versuchen Sie es mit einer anderen Suche oder Kategorie.',
  noneOfUsers: 'Noch keine geteilten Vorlagen',
  noneOfUsersText:
    'Um eine hinzuzufügen, öffnen Sie das Menü eines Ihrer Flows und wählen Sie „Als Vorlage verwenden“.',
  showAll: 'Alle Vorlagen anzeigen',
  found: (count: number) => plural(count, '# Vorlage', '# Vorlagen'),
  foundAtLeast: (count: number) => plural(count, '# oder mehr Vorlagen', '# oder mehr Vorlagen'),
  back: 'Alle Vorlagen',
  use: 'Vorlage verwenden',
  using: 'Ihr Flow wird erstellt …',
  own: 'Ihre Vorlage',
  nodes: (count: number) => plural(count, '# Knoten', '# Knoten'),
  needs: 'Voraussetzungen',
  needsNothing: 'Keine Einrichtung nötig',
  need: {
    model: {
      name: 'Gemini',
      text: 'Ein API-Schlüssel für das KI-Modell. Fügen Sie ihn in den Einstellungen hinzu.',
    },
    knowledge: {
      name: 'Wissen',
      text: 'PDFs, Webseiten oder Einträge, aus denen geantwortet wird',
    },
    service: {
      name: 'Ihr Dienst',
      text: 'Die URL Ihres eigenen Dienstes. Geben Sie sie im HTTP-Knoten ein.',
    },
  },
  made: 'Knoten in dieser Vorlage',
  drawing: (name: string, count: number) =>
    plural(count, `Diagramm von ${name}, # Knoten`, `Diagramm von ${name}, # Knoten`),
  builtIn: {
    'template-lead-qualification': {
      name: 'Leads qualifizieren',
      description:
        'Fragt nach dem Bedarf, lässt die KI den Lead bewerten, bietet vielversprechenden Leads ein Gespräch an und überträgt jeden Lead in Ihr CRM.',
    },
    'template-support-triage': {
      name: 'Support-Anfragen sortieren',
      description:
        'Ordnet jede Anfrage nach Thema und Dringlichkeit ein, antwortet aus Ihrem Wissen und übergibt an Ihr Team, wenn das nicht reicht.',
    },
    'template-appointment': {
      name: 'Termin mit Erinnerung',
      description:
        'Vereinbart mit wenigen Fragen einen Termin, erinnert am Vortag daran und gibt ihn wieder frei, wenn der Kunde absagt.',
    },
    'template-front-desk': {
      name: 'Empfang',
      description:
        'Die KI führt eine freie Konversation, bis sie weiß, wer schreibt, worum es geht und wie die Person erreichbar ist. Dabei greift sie auf Ihr Wissen und freie Termine im Kalender zu.',
    },
    'template-onboarding': {
      name: 'Onboarding über mehrere Tage',
      description:
        'Begrüßt neue Kunden, fragt nach ihrem Ziel und meldet sich nach einem, drei und sieben Tagen mit dem passenden nächsten Schritt.',
    },
    'template-feedback-survey': {
      name: 'Feedback-Umfrage',
      description:
        'Fragt nach der Weiterempfehlungsbereitschaft, hakt je nach Antwort nach, fasst das Ergebnis zusammen und sendet es an Ihren Dienst.',
    },
    'template-order-status': {
      name: 'Bestellstatus',
      description:
        'Fragt nach der Bestellnummer, ruft den Status per HTTP aus Ihrem Shop ab und sagt, wo das Paket ist.',
    },
    'template-re-engagement': {
      name: 'Kunden zurückgewinnen',
      description:
        'Schreibt Kunden an, die sich lange nicht gemeldet haben, fragt nach dem Grund, macht ein passendes Angebot und akzeptiert auch ein Nein.',
    },
    'template-faq': {
      name: 'Häufige Fragen',
      description:
        'Beantwortet beliebig viele Fragen aus Ihrem Wissen und in Ihrer Tonalität, bis keine mehr offen ist.',
    },
  },
};
