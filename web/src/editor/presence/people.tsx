import type { FlowPerson } from '@crmflow/contracts';
import { session } from '../../session/session.js';
import { listWords } from '../../ui/format/list-words.js';
import { texts } from '../editor-texts.js';
import type { WatchedFlow } from './watch-flow.js';
import './people.css';

const mostShown = 3;

/** What somebody is called: oneself in another tab, or by name. */
function nameOf({ userId, name }: FlowPerson): string {
  const { value } = session;
  return value.state === 'in' && value.user.id === userId ? texts.people.you : name;
}

/** The others, each once however many tabs they have; who edits comes first. */
function persons(others: readonly FlowPerson[]) {
  const byUser = new Map<string, FlowPerson>();
  for (const one of others) if (!byUser.get(one.userId)?.isEditing) byUser.set(one.userId, one);
  return [...byUser.values()].sort((a, b) => Number(b.isEditing) - Number(a.isEditing));
}

/** Who else has the flow open, beside its name. */
export function People({ watched }: { watched: WatchedFlow }) {
  const shown = persons(watched.others.value);
  const words = texts.people;
  const editing = shown.filter(({ isEditing }) => isEditing);
  return (
    <>
      {shown.length > 0 && (
        <ul class="people" aria-label={words.label}>
          {shown.slice(0, mostShown).map((person) => {
            const name = nameOf(person);
            const label = person.isEditing ? words.editing(name) : name;
            return (
              <li key={person.userId} class={person.isEditing ? 'editing' : ''} title={label}>
                <span aria-hidden="true">{[...name][0]?.toUpperCase()}</span>
                <span class="visually-hidden">{label}</span>
              </li>
            );
          })}
          {shown.length > mostShown && <li>+{shown.length - mostShown}</li>}
        </ul>
      )}
      {/* Always there, so that screen readers notice what comes into it. */}
      <p class="people-warning small" role="status">
        {editing.length > 0 && words.warning(listWords(editing.map(nameOf)))}
      </p>
    </>
  );
}
