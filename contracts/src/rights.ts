/** What the members of a workspace can be, from the one who may most. */
export const roles = ['owner', 'editor', 'operator', 'viewer'] as const;

/** What a member of a workspace is. */
export type Role = (typeof roles)[number];

const everyone: readonly Role[] = roles;
const builders: readonly Role[] = ['owner', 'editor'];
const readers: readonly Role[] = ['owner', 'editor', 'viewer'];
const talkers: readonly Role[] = ['owner', 'editor', 'operator'];
const owners: readonly Role[] = ['owner'];

/**
 * Who may do what in a workspace: the one table of rights. Requests, sockets, the studio and the
 * tests of the API all read it.
 */
export const rights = {
  'workspace.read': everyone,
  'workspace.change': owners,
  'workspace.delete': owners,
  'member.list': everyone,
  'member.change': owners,
  'invitation.list': owners,
  'invitation.change': owners,
  'token.list': owners,
  'token.change': owners,
  'audit.read': owners,
  /** Where events are sent to, and what was sent. */
  'endpoint.list': owners,
  'endpoint.change': owners,
  'usage.read': builders,

  /** Flows by name, without what is in them. */
  'flow.list': everyone,
  'flow.read': readers,
  /** Check a flow, try its tests, and look for faults. */
  'flow.check': readers,
  'flow.change': builders,
  'version.read': readers,
  'flow.publish': builders,
  'test.read': readers,
  'test.change': builders,
  'analytics.read': readers,

  'deployment.read': everyone,
  'deployment.change': builders,
  /** Take conversations over, answer and hand them back; assign, snooze, close, and write notes. */
  'conversation.answer': talkers,
  'canned.list': talkers,
  'canned.change': talkers,
  'contact.read': talkers,
  'contact.change': talkers,
  /** Merge and erase. */
  'contact.delete': builders,

  /** Runs without what was said in them. */
  'run.read': everyone,
  'run.start': builders,
  /** Reply to a run, step through it, and recover it. */
  'run.command': builders,
  'run.cancel': talkers,
  /** What was said in runs and conversations, and the variables that came of it. */
  'transcript.read': talkers,

  'knowledge.read': builders,
  'knowledge.change': builders,
  'key.list': builders,
  'key.change': builders,
  'ai.use': builders,
} as const satisfies Record<string, readonly Role[]>;

/** Something that one may or may not do in a workspace. */
export type Right = keyof typeof rights;

/** What viewers may do only where the settings of the workspace let them. */
export const viewerRightsBySetting: readonly Right[] = ['transcript.read', 'contact.read'];

/** Whether a role has a right. @param viewersReadTranscripts the setting of the workspace */
export function hasRight(
  role: Role,
  right: Right,
  { viewersReadTranscripts = false }: { viewersReadTranscripts?: boolean } = {},
): boolean {
  if (rights[right].includes(role)) return true;
  return role === 'viewer' && viewersReadTranscripts && viewerRightsBySetting.includes(right);
}

/** The role of two that may less. */
export const lowerRole = (one: Role, other: Role): Role =>
  roles.indexOf(one) > roles.indexOf(other) ? one : other;

/** The roles that have a right, as people read them: `owner or editor`. */
export const rolesWith = (right: Right): string => rights[right].join(' or ');
