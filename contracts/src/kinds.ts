// Lists that browsers need without the library that parses by them.

/** The kinds of node in the order in which people meet them. */
export const nodeTypes = ['trigger', 'speak', 'listen', 'ai', 'logic', 'integration'] as const;

/** The six kinds of node. */
export type NodeType = (typeof nodeTypes)[number];

/** How flows can be listed by state. */
export const flowStates = ['draft', 'published', 'changed', 'running', 'failed'] as const;

/** A state of flows to list. */
export type FlowState = (typeof flowStates)[number];

/** Orders of flows in a list. */
export const flowOrders = ['created', 'changed', 'name', 'lastRun'] as const;

/** An order of flows in a list. */
export type FlowOrder = (typeof flowOrders)[number];

/** What templates are for; `community` is what users have made. */
export const templateCategories = [
  'sales',
  'support',
  'scheduling',
  'onboarding',
  'feedback',
  'commerce',
  'retention',
  'community',
] as const;

/** What a template is for. */
export type TemplateCategory = (typeof templateCategories)[number];
