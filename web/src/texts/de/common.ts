/** What every page has. */
export const common = {
  product: 'CRMFlow',
  claim: 'Konversationen, die Minuten oder Monate dauern.',
  loading: 'Wird geladen …',
  tryAgain: 'Erneut versuchen',
  close: 'Schließen',
  cancel: 'Abbrechen',
  news: 'Benachrichtigungen',
  justNow: 'gerade eben',
  skip: 'Zum Inhalt springen',
  copy: { copy: 'Kopieren', copied: 'Kopiert', done: 'Fertig' },
  theme: {
    system: 'Design: System',
    light: 'Design: Hell',
    dark: 'Design: Dunkel',
  },
  failures: {
    unreachable:
      'Der Server ist nicht erreichbar. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut. Ihre Eingaben gehen nicht verloren.',
    unreadable: (status: number) =>
      `Der Server hat unerwartet geantwortet (HTTP ${status}). Versuchen Sie es gleich noch einmal.`,
    unknown: 'Etwas ist schiefgelaufen. Laden Sie die Seite neu und versuchen Sie es noch einmal.',
  },
  account: { short: 'Konto', logOut: 'Abmelden', menu: (who: string) => `Konto: ${who}` },
  nav: {
    label: 'Hauptmenü',
    flows: 'Flows',
    inbox: 'Posteingang',
    conversations: 'Konversationen',
    contacts: 'Kontakte',
    templates: 'Vorlagen',
    runs: 'Ausführungen',
    knowledge: 'Wissen',
    settings: 'Einstellungen',
  },
  notFound: {
    title: 'Seite nicht gefunden',
    text: 'Sie wurde vielleicht gelöscht, oder Sie haben keinen Zugriff.',
    back: 'Zu Ihren Flows',
  },
  notLoaded: {
    title: 'Die Seite konnte nicht geladen werden',
    text: 'Prüfen Sie Ihre Verbindung oder laden Sie neu, um die neueste Version zu erhalten. Es geht nichts verloren.',
  },
  broken: {
    part: 'Dieser Teil der Seite ist abgestürzt. Ihr Flow ist sicher, und alles andere funktioniert weiter.',
    title: 'Etwas ist schiefgelaufen',
    text: 'Das liegt an uns, nicht an Ihnen. Ihre Ausführungen laufen auf dem Server weiter.',
    reload: 'Seite neu laden',
  },
};
