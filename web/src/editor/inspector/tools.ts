import type { JsonObject } from '@crmflow/contracts';
import type { ReadonlySignal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Checker } from '../check/checker.js';
import type { TestSession } from '../test-run/test-session.js';
import type { Sample } from '../check/messages.js';
import type { KnownVariable } from './code/variables.js';

/** What all controls of the forms share. */
export type InspectorTools = {
  flowId: string;
  checker: Checker;
  session: TestSession;
  /** The variables that the flow sets. */
  variables: ReadonlySignal<readonly KnownVariable[]>;
  /** The integrations of the flow, which models may call. */
  integrations: ReadonlySignal<readonly { id: string; label: string }[]>;
  /** The ai nodes that may call an integration, by its id: their labels. */
  callers: ReadonlySignal<ReadonlyMap<string, readonly string[]>>;
  /** What the variables are that the flow begins with, as far as they have values then. */
  defaults: ReadonlySignal<JsonObject>;
  /** What a test run knows at the moment. */
  sample: ReadonlySignal<Sample | undefined>;
};

/** Around the forms. */
export const ToolsContext = createContext<InspectorTools | undefined>(undefined);

/** @throws Error outside of the inspector */
export function useTools(): InspectorTools {
  const tools = useContext(ToolsContext);
  if (!tools) throw new Error('A control of a form stands outside of the inspector.');
  return tools;
}
