import type { Conversation } from '@crmflow/contracts';

/** Whether somebody has taken a conversation over, and so may write to its customer. */
export const leadsIt = (
  { control, assigneeId }: Pick<Conversation, 'control' | 'assigneeId'>,
  userId: string,
): boolean => control === 'human' && assigneeId === userId;
