import { pluralIn } from '../../texts/plural.js';

const plural = pluralIn('en');

/** What a template of the product is called, by its id; the server's words where there is none. */
const builtIn: { [id: string]: { name: string; description: string } } = {};

/** Templates and their preview. */
export const en = {
  title: 'Templates',
  text: 'Start from a ready-made flow. You get your own copy to change as you like.',
  search: 'Search templates',
  searchHint: 'Search by name',
  category: 'Category',
  all: 'All',
  categories: {
    sales: 'Sales',
    support: 'Support',
    scheduling: 'Scheduling',
    onboarding: 'Onboarding',
    feedback: 'Feedback',
    commerce: 'Commerce',
    retention: 'Retention',
    community: 'Community',
  },
  loading: 'Loading templates…',
  failed: 'Couldn’t load the templates',
  none: 'No templates match',
  noneText: 'Try another search or category.',
  noneOfUsers: 'No shared templates yet',
  noneOfUsersText: 'To add one, open the menu of one of your flows and choose “Use as template”.',
  showAll: 'Show all templates',
  found: (count: number) => plural(count, '# template', '# templates'),
  foundAtLeast: (count: number) => plural(count, '# or more templates', '# or more templates'),
  back: 'All templates',
  use: 'Use template',
  using: 'Creating your flow…',
  own: 'Yours',
  nodes: (count: number) => plural(count, '# node', '# nodes'),
  needs: 'Requirements',
  needsNothing: 'No setup required',
  need: {
    model: { name: 'Gemini', text: 'An API key for the AI model. Add it in Settings.' },
    knowledge: { name: 'Knowledge', text: 'PDFs, web pages or entries to answer from' },
    service: {
      name: 'Your service',
      text: 'The URL of your own service. Enter it in the HTTP node.',
    },
  },
  made: 'Nodes in this template',
  drawing: (name: string, count: number) =>
    plural(count, `Diagram of ${name}, # node`, `Diagram of ${name}, # nodes`),
  builtIn,
};
