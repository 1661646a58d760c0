const geminiHost = 'generativelanguage.googleapis.com';

/**
 * Where a key goes that was stored without hosts: that of `gemini` to where Gemini is, others nowhere.
 * @param geminiBaseUrl the installation's own address of Gemini, where it has one
 */
export function defaultHosts(service: string, geminiBaseUrl: string | undefined): string[] {
  if (service !== 'gemini') return [];
  return [geminiBaseUrl === undefined ? geminiHost : new URL(geminiBaseUrl).host];
}
