/** The workspace that a page shows, and what one may do in it. */
export const workspace = {
  workspaces: {
    menu: (name: string) => `Workspace: ${name}`,
    create: 'New workspace…',
    createTitle: 'New workspace',
    createText: 'A workspace has its own flows, runs, knowledge and keys. You can invite people.',
    name: 'Name',
    submit: 'Create workspace',
    created: (name: string) => `Created “${name}”`,
    settings: 'Workspace settings',
    lost: 'You’re no longer a member of that workspace. This is your personal one.',
  },
  roles: { owner: 'Owner', editor: 'Editor', operator: 'Operator', viewer: 'Viewer' },
  rolesMany: { owner: 'owners', editor: 'editors', operator: 'operators', viewer: 'viewers' },
  rights: {
    noFlows: 'No flows yet',
    noFlowsText: (who: string) => `Flows that ${who} create in this workspace appear here.`,
    createFlows: (who: string) => `In this workspace, only ${who} can create flows.`,
    text: (who: string) => `Only ${who} of this workspace can see this.`,
    reply: (who: string) => `Only ${who} can reply in this run.`,
    transcript: (who: string) =>
      `You can see how this run is doing, but not what was said. Only ${who} can read that, and viewers if the workspace allows it.`,
    viewFlow: (who: string) => `View only. In this workspace, only ${who} can edit flows.`,
  },
  invitation: {
    title: (workspace: string) => `Join ${workspace}`,
    aWorkspace: 'a workspace',
    signIn: (workspace: string, email: string) =>
      `You’re invited to ${workspace}. Sign in as ${email}, or create an account with that address.`,
    text: (workspace: string, email: string) =>
      `You’re invited to ${workspace}. You’ll join as ${email}.`,
    otherAddress: (invited: string, email: string) =>
      `This invitation is for ${invited}, but you’re signed in as ${email}.`,
    accept: 'Join workspace',
    accepting: 'Joining…',
    joined: (name: string) => `You’ve joined “${name}”`,
    missing: 'This link is incomplete. Copy all of it, or ask for a new one.',
    other: 'Sign in with another account',
    skip: 'Go to your flows',
  },
};
