import type { Template } from '@crmflow/contracts';
import { texts } from './templates-texts.js';

type Named = Pick<Template, 'id' | 'name' | 'description'>;

/** What a template is called: those of the product in the reader's language. */
export function wordsOf({ id, name, description }: Named): { name: string; description: string } {
  return texts.builtIn[id] ?? { name, description };
}
