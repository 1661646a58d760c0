import { z } from 'zod';
import { requiredLine } from '../fields/identifiers.js';
import { officeHoursSchema } from '../fields/office-hours.js';
import { limits } from '../limits.js';
import { roles } from '../rights.js';
import { email } from './auth.js';
import { listQuerySchema, pageOf } from './list.js';

const name = requiredLine(100);
const role = z.enum(roles);

const daysOfRuns = z
  .int()
  .min(1, 'must be 1 or more')
  .max(limits.runDays, `must be ${limits.runDays} or less`)
  .nullable()
  .default(null);

/** How a workspace is set up. What is left out of a stored one has these defaults. */
export const workspaceSettingsSchema = z
  .object({
    viewersReadTranscripts: z
      .boolean()
      .default(false)
      .describe('Whether viewers may read what was said in runs and conversations.'),
    auditDays: z
      .int()
      .min(30, 'must be 30 or more')
      .max(3650, 'must be 3650 or less')
      .default(365)
      .describe('How long entries of the audit log are kept, in days.'),
    officeHours: officeHoursSchema
      .nullable()
      .default(null)
      .describe('When the team works. `null`: it is not said, and flows take it as always.'),
    runDays: daysOfRuns.describe(
      'How long runs of published versions are kept after they end, in days. They are then deleted with their logs and messages, which cannot be undone. `null` keeps them forever.',
    ),
    testRunDays: daysOfRuns.describe(
      'How long test runs, which are runs of drafts, are kept after they end, in days. `null` keeps them forever.',
    ),
  })
  .meta({ id: 'WorkspaceSettings' });

/** How a workspace is set up. */
export type WorkspaceSettings = z.output<typeof workspaceSettingsSchema>;

/** A workspace as one of its members sees it. */
export const workspaceSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    role: role.describe('Your role in it.'),
    isPersonal: z.boolean().describe('Whether it is the personal workspace of its owner.'),
    memberCount: z.int(),
    settings: workspaceSettingsSchema,
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Workspace' });

/** A workspace as one of its members sees it. */
export type Workspace = z.output<typeof workspaceSchema>;

/** Answer of GET /api/workspaces. */
export const workspacePageSchema = pageOf(workspaceSchema);

/** Body of POST /api/workspaces. */
export const createWorkspaceSchema = z.strictObject({ name });

/** Body of PATCH /api/workspaces/:id: what is left out stays. */
export const updateWorkspaceSchema = z.strictObject({
  name: name.optional(),
  settings: z
    .strictObject({
      viewersReadTranscripts: z.boolean().optional(),
      auditDays: workspaceSettingsSchema.shape.auditDays.unwrap().optional(),
      officeHours: officeHoursSchema.nullable().optional(),
      runDays: workspaceSettingsSchema.shape.runDays.unwrap().optional(),
      testRunDays: workspaceSettingsSchema.shape.testRunDays.unwrap().optional(),
    })
    .optional(),
});

/** What is changed of a workspace. */
export type UpdateWorkspace = z.output<typeof updateWorkspaceSchema>;

/** Somebody who belongs to a workspace. */
export const memberSchema = z
  .object({
    id: z.string().describe('The ID of the user.'),
    userId: z.string(),
    name: z.string(),
    email: z.string(),
    role,
    createdAt: z.iso.datetime().describe('When the user joined.'),
  })
  .meta({ id: 'Member' });

/** Somebody who belongs to a workspace. */
export type Member = z.output<typeof memberSchema>;

/** Answer of GET /api/workspaces/:id/members. */
export const memberPageSchema = pageOf(memberSchema);

/** Body of PATCH /api/workspaces/:id/members/:userId. */
export const changeMemberSchema = z.strictObject({ role });

/** Body of POST /api/workspaces/:id/invitations. */
export const inviteMemberSchema = z.strictObject({ email, role });

/** An invitation into a workspace that is still open. */
export const workspaceInvitationSchema = z
  .object({
    id: z.string(),
    email: z.string(),
    role,
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'WorkspaceInvitation' });

/** An invitation into a workspace that is still open. */
export type WorkspaceInvitation = z.output<typeof workspaceInvitationSchema>;

/** Answer of POST /api/workspaces/:id/invitations. */
export const newInvitationSchema = workspaceInvitationSchema
  .extend({
    token: z.string().describe('Returned only once.'),
    link: z.string().describe('A page on which the invited person accepts. Returned only once.'),
    mailed: z.boolean().describe('Whether the link was emailed too.'),
  })
  .meta({ id: 'NewWorkspaceInvitation' });

/** Answer of GET /api/workspaces/:id/invitations. */
export const workspaceInvitationPageSchema = pageOf(workspaceInvitationSchema);

/** Body of POST /api/invitations/accept. */
export const acceptInvitationSchema = z.strictObject({ token: z.string().max(200) });

/** How long a token is valid unless somebody says otherwise, and at most. */
export const apiTokenDays = { usual: 90, most: 366 };

/** Body of POST /api/workspaces/:id/tokens. */
export const createApiTokenSchema = z.strictObject({
  name,
  role,
  expiresAt: z.iso
    .datetime({ offset: true, error: 'must be a date and time, such as 2027-01-31T00:00:00Z' })
    .transform((value) => new Date(value))
    .optional()
    .describe(`${apiTokenDays.usual} days ahead unless set, ${apiTokenDays.most} at most.`),
});

/** What makes a token. */
export type CreateApiToken = z.output<typeof createApiTokenSchema>;

/** A token for scripts, as lists show it. */
export const apiTokenSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    role,
    last4: z.string().describe('The last four characters of the token.'),
    createdBy: z.string().describe('The ID of the user who made it. It ends with the membership.'),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ApiToken' });

/** A token for scripts, as lists show it. */
export type ApiToken = z.output<typeof apiTokenSchema>;

/** Answer of POST /api/workspaces/:id/tokens. */
export const newApiTokenSchema = apiTokenSchema
  .extend({ token: z.string().describe('`crm_…`. Returned only once.') })
  .meta({ id: 'NewApiToken' });

/** Answer of GET /api/workspaces/:id/tokens. */
export const apiTokenPageSchema = pageOf(apiTokenSchema);

/** What the audit log tells, by what it was done to. */
export const auditActions = {
  workspace: ['create', 'change', 'delete'],
  member: ['join', 'change', 'remove'],
  invitation: ['create', 'revoke'],
  token: ['create', 'revoke'],
  key: ['store', 'delete'],
  flow: ['create', 'share', 'publish', 'restore', 'delete'],
  test: ['create', 'change', 'delete'],
  knowledge: ['add', 'delete'],
  deployment: ['create', 'change', 'delete'],
  contact: ['change', 'merge', 'unmerge', 'delete'],
  conversation: ['takeOver', 'handBack', 'assign', 'note', 'snooze', 'close', 'reopen'],
  canned: ['create', 'change', 'delete'],
  endpoint: ['create', 'change', 'rotate', 'delete'],
  audit: ['export'],
} as const;

type AuditActions = typeof auditActions;

/** Something that the audit log tells, such as `flow.publish`. */
export type AuditAction = {
  [Kind in keyof AuditActions]: `${Kind}.${AuditActions[Kind][number]}`;
}[keyof AuditActions];

const named = z.object({ kind: z.string(), id: z.string(), name: z.string() });

/** One entry of the audit log. */
export const auditEntrySchema = z
  .object({
    id: z.string(),
    actor: named.describe('Who did it: `user` or `token`.'),
    action: z.string(),
    resource: named,
    at: z.iso.datetime(),
    requestId: z.string().nullable(),
    changes: z.record(z.string(), z.unknown()).describe('What changed, without secrets.'),
  })
  .meta({ id: 'AuditEntry' });

/** One entry of the audit log. */
export type AuditEntry = z.output<typeof auditEntrySchema>;

/** Answer of GET /api/workspaces/:id/audit. */
export const auditPageSchema = pageOf(auditEntrySchema);

/** Query of GET /api/workspaces/:id/audit. */
export const listAuditSchema = listQuerySchema.extend({
  actor: z.string().max(200).optional().describe('The ID of a user or token.'),
  action: z.string().max(100).optional().describe('An action, such as `flow.publish`, or `flow.`'),
  format: z.enum(['json', 'csv']).default('json'),
});

/** Which entries of the audit log. */
export type ListAudit = z.output<typeof listAuditSchema>;
