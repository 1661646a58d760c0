/** What every page has. */
export const common = {
  product: 'CRMFlow',
  claim: 'Gespräche, die Minuten oder Monate dauern.',
  loading: 'Wird geladen …',
  tryAgain: 'Erneut versuchen',
  close: 'Schließen',
  cancel: 'Abbrechen',
  news: 'Neuigkeiten',
  justNow: 'gerade eben',
  skip: 'Zum Inhalt springen',
  theme: {
    label: 'Farbschema',
    system: 'Farbschema: wie im System',
    light: 'Farbschema: hell',
    dark: 'Farbschema: dunkel',
  },
  failures: {
    unreachable:
      'Der Server antwortet nicht. Bitte die Verbindung prüfen; nichts Geschriebenes geht verloren.',
    unreadable: (status: number) =>
      `Der Server hat etwas geantwortet, das diese Seite nicht lesen kann (HTTP ${status}). Bitte gleich noch einmal versuchen.`,
    unknown: 'In dieser Seite ging etwas schief. Bitte neu laden und noch einmal versuchen.',
  },
  account: { short: 'Konto', logOut: 'Abmelden', menu: (who: string) => `Konto von ${who}` },
  nav: {
    label: 'Hauptmenü',
    flows: 'Flows',
    templates: 'Vorlagen',
    runs: 'Läufe',
    knowledge: 'Wissen',
    settings: 'Einstellungen',
  },
  notFound: {
    title: 'Hier ist nichts',
    text: 'Die Adresse führt ins Leere oder zu etwas, das jemand anderem gehört.',
    back: 'Zu den Flows',
  },
  notLoaded: {
    title: 'Diese Seite wurde nicht geladen',
    text: 'Vielleicht fehlt die Verbindung, oder es gibt eine neuere Version. Nichts ist verloren.',
  },
  broken: {
    part: 'Dieser Teil der Seite hat einen Fehler. Der Flow ist sicher: Alles andere geht weiter.',
    title: 'Diese Seite ist gestolpert',
    text: 'Das ist unser Fehler. Laufende Gespräche gehen auf dem Server weiter.',
    reload: 'Seite neu laden',
  },
};
