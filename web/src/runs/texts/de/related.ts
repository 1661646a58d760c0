import type { RunsTexts } from '../../runs-texts.js';

/** The texts of runs that start others, in German. */
export const related: RunsTexts['related'] = {
  startedBy: 'Von einer anderen Ausführung gestartet',
  at: (label: string, status: string) => `bei „${label}“ · ${status}`,
  more: (count: number) => `und ${count} weitere`,
};
