import { because, type DataOf, type FlowIssue } from '@crmflow/contracts';
import { issueAt, required } from './fields.js';

/** What keeps a node that writes the contact from running. */
export function checkContact({ set }: DataOf<'contact'>): FlowIssue[] {
  if (set.length === 0) return [issueAt('set', because('contact_fields_missing'))];
  return set.flatMap(({ name }, index) =>
    required(`set[${index}].name`, name, because('contact_field_missing', { number: index + 1 })),
  );
}
