import type { Member } from '@crmflow/contracts';
import { hasRight } from '@crmflow/contracts/rights';
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { listMembers } from '../../api/workspaces.js';
import { session } from '../../session/session.js';
import { workspace } from '../../session/workspace.js';

const members = signal<{ of: string; list: readonly Member[] }>({ of: '', list: [] });

/** Who is signed in. */
export function myId(): string {
  const { value } = session;
  return value.state === 'in' ? value.user.id : '';
}

/** What a member is called. */
export const memberName = ({ name, email }: Pick<Member, 'name' | 'email'>): string =>
  name || email;

/** The members of the workspace who may answer, oneself first; none until they are known. */
export function useAnswerers(): readonly Member[] {
  const id = workspace.value?.id ?? '';
  useEffect(() => {
    if (id === '' || members.peek().of === id) return;
    listMembers(id).then(
      (list) => (members.value = { of: id, list }),
      // Nobody can be chosen then; the rest works.
      () => undefined,
    );
  }, [id]);
  const { of, list } = members.value;
  if (of !== id) return [];
  const me = myId();
  return list
    .filter(({ role }) => hasRight(role, 'conversation.answer'))
    .sort((a, b) => Number(b.userId === me) - Number(a.userId === me));
}
