import { geminiService, openAiService, openAiUrl } from '@crmflow/activities/ai';
import type { ModelSettings } from '@crmflow/contracts/env';

const geminiHost = 'generativelanguage.googleapis.com';

/**
 * Where a key goes that was stored without hosts: those for models to where these are in this
 * installation, others nowhere.
 */
export function defaultHosts(
  service: string,
  { GEMINI_BASE_URL, OPENAI_BASE_URL = openAiUrl }: ModelSettings,
): string[] {
  if (service === openAiService) return [new URL(OPENAI_BASE_URL).host];
  if (service !== geminiService) return [];
  return [GEMINI_BASE_URL === undefined ? geminiHost : new URL(GEMINI_BASE_URL).host];
}
