/** What a list shows of a secret: its last four characters, and never more than a third of it. */
export function last4(secret: string): string {
  const shown = Math.min(4, Math.floor(secret.length / 3));
  return secret.slice(secret.length - shown);
}
