import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FlowInput, TemplateCategory } from '@crmflow/contracts';

/** A template that comes with the product. */
export type BuiltIn = { id: string; category: TemplateCategory; flow: FlowInput };

/** Beside `src` and `dist`, so that both find it. */
const folder = new URL('../../../templates/', import.meta.url);

/** In the order in which they are shown. */
const names = [
  'lead-qualification',
  'support-triage',
  'appointment',
  'front-desk',
  'onboarding',
  'feedback-survey',
  'order-status',
  're-engagement',
  'faq',
];

function readTemplate(name: string): BuiltIn {
  const text = readFileSync(fileURLToPath(new URL(`${name}.json`, folder)), 'utf8');
  return { id: `template-${name}`, ...(JSON.parse(text) as Omit<BuiltIn, 'id'>) };
}

let known: readonly BuiltIn[] | undefined;

/** The templates that come with the product, read from their files once. */
export function builtInTemplates(): readonly BuiltIn[] {
  known ??= names.map(readTemplate);
  return known;
}

/** The flow of a built-in template; undefined where the id names none. */
export function findBuiltIn(id: string): FlowInput | undefined {
  return builtInTemplates().find((one) => one.id === id)?.flow;
}
