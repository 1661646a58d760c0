import type { PersonSpoke, RunEvent } from '@crmflow/contracts';
import { named } from '../person.js';

type ControlChanged = Extract<RunEvent, { type: 'control.changed' }>;

/** Reads who spoke when, and knows the last time that a person did. */
export function createSpeaking() {
  let open: Pick<PersonSpoke, 'names' | 'from'> | null = null;
  let spoke: PersonSpoke | undefined;
  return {
    read({ at, data: { by, name = '', note } }: ControlChanged): void {
      if (by === 'operator') {
        open = { names: named(open?.names ?? [], { name }), from: open?.from ?? at };
      } else if (open) {
        spoke = { ...open, to: at, ...(note !== undefined && { note }) };
        open = null;
      }
    },
    /** A run that goes back is with its flow, whoever had it. */
    restart(): void {
      open = null;
    },
    state: (): { spoke?: PersonSpoke } => (spoke ? { spoke } : {}),
  };
}
