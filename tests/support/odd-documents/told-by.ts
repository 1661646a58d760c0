type Passage = { heading?: string; text: string };

/** What was read of a document, each heading once and where it stands. */
export function toldBy(passages: readonly Passage[], title: string): string {
  let above: string[] = [];
  return passages
    .map(({ heading = '', text }) => {
      const trail = heading.split(/ › | · /).filter((part) => part !== '' && part !== title);
      const fresh = trail.filter((part) => !above.includes(part) && !text.includes(part));
      above = trail;
      return [...fresh, text].join(' ');
    })
    .join(' ');
}
