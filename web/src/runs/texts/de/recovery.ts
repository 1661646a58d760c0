import type { RunsTexts } from '../../runs-texts.js';

/** What can be done with a run. */
export const recovery: RunsTexts['recovery'] = {
  more: 'Mehr',
  cancel: {
    title: 'Diese Ausführung abbrechen?',
    text: 'Die Ausführung endet an der aktuellen Stelle. Konversation und Ereignisprotokoll bleiben erhalten.',
    confirm: 'Ausführung abbrechen',
  },
  retry: {
    label: 'Wiederholen',
    from: 'Wiederholen ab …',
    title: 'Diese Ausführung wiederholen',
    text: 'Stellt die Variablen von vor diesem Knoten wieder her und setzt dort fort. Die bisherige Konversation bleibt erhalten.',
  },
  fork: {
    label: 'Abzweigen ab …',
    title: 'Von dieser Ausführung abzweigen',
    text: 'Startet eine neue Ausführung ab einem Knoten, mit den Variablen, die diese Ausführung dort hatte. Diese Ausführung bleibt unverändert.',
    version: 'Version',
    sameVersion: (version: string) => `${version} (aktuell)`,
    repeat: 'Spätere Antworten des Kunden erneut senden',
    step: 'Vor jedem Knoten pausieren',
    submit: 'Abzweigen',
    done: 'Abzweigung erstellt',
  },
  migrate: {
    label: 'Auf andere Version umstellen …',
    title: 'Diese Ausführung auf eine andere Version umstellen',
    text: 'Die Ausführung läuft ab dem aktuellen Knoten mit der neuen Version weiter. Zeitlimits laufen weiter.',
    version: 'Version',
    submit: 'Umstellen',
    none: 'Dieser Flow hat keine andere veröffentlichte Version. Veröffentlichen Sie zuerst eine.',
    done: (version: number) => `Auf Version ${version} umgestellt`,
  },
  node: 'Knoten',
  failedHere: 'hier fehlgeschlagen',
  flow: 'Flow öffnen',
  test: 'Test erstellen',
  runs: 'Alle Ausführungen dieses Flows',
  forkedFrom: 'Von einer anderen Ausführung abgezweigt',
  forkedAt: (label: string) => `bei „${label}“`,
  step: 'Diesen Knoten ausführen',
  skip: 'Diesen Knoten überspringen',
  steps: 'Schritte',
};
