import type { Choice } from '@crmflow/contracts';

const fold = (text: string) => text.trim().toLowerCase();

/** What to send for a choice: its label, as people would say it, unless that could mean another. */
export function replyFor(choice: Choice, choices: readonly Choice[]): string {
  const label = fold(choice.label);
  const isClear = choices.every(
    (other) => other === choice || (fold(other.label) !== label && fold(other.value) !== label),
  );
  return isClear && label !== '' ? choice.label : choice.value;
}
