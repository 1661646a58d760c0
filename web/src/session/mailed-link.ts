/** What a mailed link carries in its fragment, which browsers send to nobody. */
export type MailedLink = {
  token: string | null;
  invitation: string | null;
  email: string | null;
  /** The name of the workspace that somebody is invited to. */
  workspace: string | null;
};

/** Reads the fragment of this page's address. */
export function readMailedLink(): MailedLink {
  const given = new URLSearchParams(window.location.hash.slice(1));
  return {
    token: given.get('token'),
    invitation: given.get('invitation'),
    email: given.get('email'),
    workspace: given.get('workspace'),
  };
}
