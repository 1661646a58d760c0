import { pluralIn } from '../../../texts/plural.js';

const plural = pluralIn('de');

/** The live test beside the canvas. */
export const testing = {
  panels: 'Seitenleiste',
  panelEdge: 'Breite der Seitenleiste',
  properties: 'Eigenschaften',
  test: {
    title: 'Testlauf',
    explain: 'Führen Sie den aktuellen Entwurf aus und verfolgen Sie ihn auf der Arbeitsfläche.',
    start: 'Test starten',
    stepThrough: 'Schrittweise ausführen',
    cannotRun: 'Beheben Sie diese Probleme, um einen Test zu starten:',
    variables: 'Variablen',
    none: 'Noch keine Variablen',
    again: 'Erneut ausführen',
    stop: 'Stoppen',
    leave: 'Diese Ausführung schließen',
    steps: 'Schritte',
    step: 'Knoten ausführen',
    skip: 'Knoten überspringen',
    skipWait: 'Warten überspringen',
    showNode: 'Knoten anzeigen',
    answerAgain: 'Zurückgehen und anders antworten',
    goOn: 'Fortsetzen',
    retry: 'Diesen Knoten wiederholen',
    log: 'Protokoll',
    pauseHere: 'Tests vor diesem Knoten pausieren',
    unpause: 'Hier nicht mehr pausieren',
    pausesAt: (count: number) => plural(count, 'Pausiert vor # Knoten', 'Pausiert vor # Knoten'),
    recent: 'Letzte Ausführungen',
    noRuns: 'Dieser Flow wurde noch nicht ausgeführt.',
    show: (when: string) => `Ausführung von ${when} anzeigen`,
    draft: 'Entwurf',
    version: (version: number) => `Version ${version}`,
  },
};
