import type { Conversation } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { handBack, type HandBack } from '../../api/inbox.js';
import { readRunFlow } from '../../api/runs.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog/dialog.js';
import { SubmitDialog } from '../../ui/dialog/submit-dialog.js';
import { AreaField } from '../../ui/field/area-field.js';
import { ChoiceField } from '../../ui/field/choice-field.js';
import { SelectField } from '../../ui/field/select-field.js';
import { asLocal } from '../../ui/format/local-time.js';
import { textOf } from '../../ui/format/text-of.js';
import { toast } from '../../ui/toast/toast.js';
import { useFetched } from '../use-fetched.js';
import { texts } from '../customers-texts.js';
import type { ConversationActs } from './acts.js';
import { memberName, myId, useAnswerers } from './member-list.js';

type Props = { acts: ConversationActs; onClose: () => void };

/** To whom a conversation is assigned. */
export function AssignDialog({
  conversation: { assigneeId },
  acts,
  onClose,
}: Props & { conversation: Conversation }) {
  const words = texts.inbox;
  const options = [
    ...useAnswerers().map((member) => ({
      id: member.userId,
      name: memberName(member),
      label: member.userId === myId() ? words.me(memberName(member)) : memberName(member),
    })),
    { id: null, name: '', label: words.nobody },
  ];
  return (
    <Dialog title={words.assignTo} size="small" onClose={onClose}>
      <ul class="inbox-options">
        {options.map(({ id, name, label }) => (
          <li key={id ?? ''}>
            <Button
              aria-pressed={id === assigneeId}
              onClick={() => {
                onClose();
                void acts.assign(id, name);
              }}
            >
              {label}
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

/** The next day with this weekday after today, at nine in the morning. @param weekday 1: Monday */
function morning(weekday?: number): Date {
  const day = new Date();
  do day.setDate(day.getDate() + 1);
  while (weekday !== undefined && day.getDay() !== weekday);
  day.setHours(9, 0, 0, 0);
  return day;
}

/** Until when a conversation is put aside. */
export function SnoozeDialog({ acts, onClose }: Props) {
  const words = texts.inbox;
  const id = useId();
  const other = useSignal(asLocal(morning()));
  const presets: [string, () => Date][] = [
    [words.snoozeHour, () => new Date(Date.now() + 3_600_000)],
    [words.snoozeTomorrow, () => morning()],
    [words.snoozeMonday, () => morning(1)],
  ];
  const until = (date: Date) => {
    onClose();
    void acts.snooze(date);
  };
  return (
    <Dialog title={words.snoozeTitle} text={words.snoozeText} size="small" onClose={onClose}>
      <ul class="inbox-options">
        {presets.map(([label, at]) => (
          <li key={label}>
            <Button onClick={() => until(at())}>{label}</Button>
          </li>
        ))}
      </ul>
      <form
        class="field"
        onSubmit={(event) => {
          event.preventDefault();
          const date = new Date(other.value);
          if (!Number.isNaN(date.getTime())) until(date);
        }}
      >
        <label for={id}>{words.snoozeAt}</label>
        <div class="inbox-other-time">
          <input
            id={id}
            class="input"
            type="datetime-local"
            required
            min={asLocal(new Date())}
            value={other.value}
            onInput={({ currentTarget }) => (other.value = currentTarget.value)}
          />
          <Button type="submit">{words.snoozeSubmit}</Button>
        </div>
      </form>
    </Dialog>
  );
}

/** How the flow continues after a person. */
export function HandBackDialog({
  conversation: { id, currentRunId },
  onDone,
  onClose,
}: {
  conversation: Conversation;
  onDone: () => void;
  onClose: () => void;
}) {
  const words = texts.inbox;
  const how = useSignal<HandBack['how']>('answer');
  const flow = useFetched(currentRunId ?? '', async () =>
    currentRunId === null ? undefined : readRunFlow(currentRunId),
  );
  const nodes = (flow?.nodes ?? []).filter(({ type }) => type !== 'trigger');
  const ways = (['answer', 'reask', 'goto', 'end'] as const).filter(
    (way) => way !== 'goto' || nodes.length > 0,
  );
  return (
    <SubmitDialog
      title={words.handBackTitle}
      submit={words.handBackSubmit}
      onClose={onClose}
      onSubmit={async (data) => {
        const note = textOf(data, 'note').trim();
        await handBack(id, {
          how: how.value,
          ...(how.value === 'goto' && { nodeId: textOf(data, 'nodeId') }),
          ...(note !== '' && { note }),
        });
        toast(words.handedBack);
        onDone();
      }}
    >
      {(faults) => (
        <>
          <ChoiceField
            name="how"
            label={words.how}
            defaultValue="answer"
            options={ways.map((value) => ({ value, label: words.ways[value] }))}
            onChange={(value) => (how.value = value as HandBack['how'])}
          />
          {how.value === 'goto' && (
            <SelectField
              name="nodeId"
              label={words.node}
              options={nodes.map((node) => ({ value: node.id, label: node.label || node.id }))}
              fault={faults['nodeId']}
            />
          )}
          {how.value !== 'end' && (
            <AreaField
              name="note"
              label={words.modelNote}
              hint={words.modelNoteHint}
              rows={3}
              fault={faults['note']}
            />
          )}
        </>
      )}
    </SubmitDialog>
  );
}
