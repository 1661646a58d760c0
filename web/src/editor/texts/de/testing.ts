/** The live test beside the canvas. */
export const testing = {
  panels: 'Neben der Zeichenfläche',
  properties: 'Eigenschaften',
  test: {
    title: 'Test',
    explain:
      'Lässt den Flow laufen, wie er jetzt gezeichnet ist, und zeigt auf der Zeichenfläche, wo er steht.',
    start: 'Test starten',
    stepThrough: 'Schritt für Schritt',
    cannotRun: 'Der Flow kann noch nicht laufen:',
    variables: 'Variablen',
    none: 'Noch keine Variablen',
    again: 'Noch einmal',
    stop: 'Anhalten',
    leave: 'Diesen Lauf schließen',
    steps: 'Schritte',
    step: 'Ausführen',
    skip: 'Überspringen',
    goOn: 'Weiter',
  },
};
