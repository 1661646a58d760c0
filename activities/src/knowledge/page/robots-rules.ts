import robots from 'robots-parser';

/** How CRMFlow is called in robots.txt. */
export const robotName = 'CRMFlow';

// Its types tell of a default export; it is CommonJS and the function itself.
const parseRobots = robots as unknown as typeof robots.default;

const nameOf = (value: string) => value.split('/', 1)[0]?.trim().toLowerCase();
const ownName = nameOf(robotName);

/** The longest path that a rule can be about; what is longer matches nothing. */
const maxRuleLength = 4_096;
const maxRules = 5_000;

/**
 * The groups of a robots.txt that are about us, as one group for our name and one for all robots.
 * The parser keeps each rule once for each name above it, which a hostile file multiplies.
 */
function relevantGroups(text: string): string {
  const own: string[] = [];
  const all: string[] = [];
  let groups: string[][] = [];
  let readsNames = false;
  let isNamed = false;
  for (const raw of text.split(/\r\n|\r|\n/)) {
    const [line = ''] = raw.split('#', 1);
    const colon = line.indexOf(':');
    if (colon === -1) continue;
    const key = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (key === 'user-agent') {
      if (!readsNames) groups = [];
      readsNames = true;
      if (value === '*') groups.push(all);
      else if (nameOf(value) === ownName) groups.push(own);
      isNamed ||= nameOf(value) === ownName;
    } else if (key === 'allow' || key === 'disallow') {
      readsNames = false;
      if (value.length > maxRuleLength) continue;
      for (const rules of groups) {
        if (rules.length < maxRules) rules.push(`${key}: ${value}`);
      }
    } else {
      readsNames = false;
    }
  }
  return [
    // A group of ours without rules allows everything, whatever holds for all robots.
    ...(isNamed ? [`user-agent: ${robotName}`, 'allow:', ...own, ''] : []),
    ...(all.length > 0 ? ['user-agent: *', ...all] : []),
  ].join('\n');
}

/** Whether a robots.txt lets us read a page of its site. @param url its own address */
export function mayRead(url: string, text: string, page: string): boolean {
  return parseRobots(url, relevantGroups(text)).isAllowed(page, robotName) !== false;
}
