import type { Differences } from '../../save/differences.js';

const names = (label: string, of: readonly string[]) =>
  of.length === 0 ? '' : `${label} ${of.slice(0, 5).join(', ')}${of.length > 5 ? ' …' : ''}. `;

/** Opening, saving and publishing a flow. */
export const document = {
  close: 'Schließen',
  loading: 'Der Flow wird geöffnet …',
  failed: 'Der Flow lässt sich nicht öffnen',
  name: 'Name des Flows',
  save: {
    saved: 'Gesichert',
    saving: 'Wird gesichert …',
    offline: 'Noch nicht gesichert: auf diesem Gerät behalten, wird von selbst erneut versucht',
    offlineUnkept:
      'Noch nicht gesichert, und dieser Browser behält nichts: bitte auf der Seite bleiben',
    refused: 'Nicht gesichert',
    stale: 'Dieser Flow wurde anderswo geändert',
    mine: 'Meine Fassung behalten',
    theirs: 'Die andere Fassung nehmen',
    differ: ({ added, removed, changed, wires, hasOtherName }: Differences) =>
      `${names('Die andere hat zusätzlich:', added)}${names('Die andere hat nicht:', removed)}` +
      `${names('Verschieden:', changed)}${wires > 0 ? `${wires} Verbindungen sind verschieden. ` : ''}` +
      `${hasOtherName ? 'Der Name ist verschieden. ' : ''}„Rückgängig“ holt zurück, was nicht gewählt wurde.`,
  },
  publish: {
    label: 'Veröffentlichen',
    publishing: 'Wird veröffentlicht …',
    done: (version: number) => `Version ${version} ist veröffentlicht: neue Läufe nehmen sie.`,
    blocked: 'Der Flow kann noch nicht veröffentlicht werden',
  },
};
