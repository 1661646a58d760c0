/** When the team works, in German. */
export const officeHours = {
  title: 'Geschäftszeiten',
  text: 'Wann Ihr Team Kunden antwortet. Die Knoten „Übergabe“ und „Warten“ können sich danach richten; Änderungen gelten auch für aktive Ausführungen.',
  always: 'Keine: Das Team gilt immer als anwesend',
  set: 'Geschäftszeiten festlegen',
  timezone: 'Zeitzone',
  timezoneHint: 'Zum Beispiel Europe/Berlin.',
  periodsHint:
    'Mehrere Zeiträume durch Komma trennen: 09:00–12:00, 13:00–17:30. Geschlossene Tage leer lassen.',
  periodsInvalid:
    'Geben Sie Zeiträume wie 09:00–12:00, 13:00–17:30 der Reihe nach ein, höchstens vier',
  noDay: 'Geben Sie für mindestens einen Tag einen Zeitraum ein',
  closed: 'Geschlossene Tage',
  closedHint: 'Ein Datum pro Zeile, zum Beispiel 2027-12-25.',
  closedInvalid: (date: string) => `„${date}“ ist kein Datum wie 2027-12-25`,
  save: 'Geschäftszeiten speichern',
};
