import type { Conversation } from '@crmflow/contracts';

/** Whether somebody has taken a conversation over, and so may write to its customer. */
export const leadsIt = ({ heldBy }: Pick<Conversation, 'heldBy'>, userId: string): boolean =>
  heldBy?.userId === userId;
