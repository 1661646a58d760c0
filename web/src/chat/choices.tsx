import type { Choice } from '@crmflow/contracts';
import { texts } from '../texts.js';
import { Button } from '../ui/button.js';

const fold = (text: string) => text.trim().toLowerCase();

/** What to send for a choice: its label, as people would say it, unless that could mean another. */
export function replyFor(choice: Choice, choices: readonly Choice[]): string {
  const label = fold(choice.label);
  const isClear = choices.every(
    (other) => other === choice || (fold(other.label) !== label && fold(other.value) !== label),
  );
  return isClear && label !== '' ? choice.label : choice.value;
}

type Props = { choices: readonly Choice[]; onChoose: (reply: string) => void };

/** The answers to choose from, as buttons. */
export function Choices({ choices, onChoose }: Props) {
  return (
    <div class="choices" role="group" aria-label={texts.composer.choices}>
      {choices.map((choice) => (
        <Button key={choice.value} onClick={() => onChoose(replyFor(choice, choices))}>
          {choice.label || choice.value}
        </Button>
      ))}
    </div>
  );
}
