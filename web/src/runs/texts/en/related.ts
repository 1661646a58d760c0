/** The texts of runs that start others, in English. */
export const related = {
  startedBy: 'Started by another run',
  at: (label: string, status: string) => `at “${label}” · ${status}`,
  more: (count: number) => `and ${count} more`,
};
