import { pluralIn } from '../../../texts/plural.js';

const plural = pluralIn('de');

/** For how long runs are kept, in German. */
export const retention = {
  title: 'Aufbewahrung',
  text: 'Wie lange Ausführungen nach ihrem Ende aufbewahrt werden. Mit einer Ausführung werden ihre Nachrichten, ihr Protokoll, ihre Variablen und ihre Historie in Temporal gelöscht, und Analysen zählen sie nicht mehr. Aktive Ausführungen werden nie gelöscht. Gelöschte Ausführungen lassen sich nicht wiederherstellen.',
  kinds: { runDays: 'Ausführungen veröffentlichter Versionen', testRunDays: 'Testläufe' },
  forever: 'Unbegrenzt aufbewahren',
  delete: 'Nach einer Anzahl von Tagen löschen',
  after: (days: number) =>
    plural(days, '# Tag nach ihrem Ende gelöscht', '# Tage nach ihrem Ende gelöscht'),
  days: {
    runDays: 'Tage, die Ausführungen veröffentlichter Versionen aufbewahrt werden',
    testRunDays: 'Tage, die Testläufe aufbewahrt werden',
  },
  range: (most: string) => `Von 1 bis ${most} Tage.`,
  save: 'Aufbewahrung speichern',
  confirmTitle: 'Ältere Ausführungen löschen?',
  confirm: {
    runDays: (days: number) =>
      plural(
        days,
        'Ausführungen veröffentlichter Versionen werden # Tag nach ihrem Ende gelöscht.',
        'Ausführungen veröffentlichter Versionen werden # Tage nach ihrem Ende gelöscht.',
      ),
    testRunDays: (days: number) =>
      plural(
        days,
        'Testläufe werden # Tag nach ihrem Ende gelöscht.',
        'Testläufe werden # Tage nach ihrem Ende gelöscht.',
      ),
  },
  confirmText:
    'Ältere werden in den nächsten Stunden gelöscht. Das lässt sich nicht rückgängig machen.',
  confirmButton: 'Ältere Ausführungen löschen',
};
