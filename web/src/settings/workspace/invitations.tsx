import type { WorkspaceInvitation } from '@crmflow/contracts';
import { asApiError } from '../../api/as-api-error.js';
import { listInvitations, revokeInvitation } from '../../api/workspaces.js';
import { texts as shared } from '../../texts.js';
import { Button } from '../../ui/button.js';
import { Fetched } from '../../ui/fetched.js';
import { ago } from '../../ui/format/when.js';
import { toast } from '../../ui/toast/toast.js';
import { texts } from '../settings-texts.js';

/** The invitations that nobody has accepted yet; nothing where there is none. */
export function Invitations({ workspaceId }: { workspaceId: string }) {
  const words = texts.members;
  const revoke = async ({ id, email }: WorkspaceInvitation) => {
    try {
      await revokeInvitation(workspaceId, id);
      toast(words.revoked(email));
    } catch (error) {
      toast(asApiError(error).message, { kind: 'failed' });
    }
  };
  return (
    <Fetched
      label={words.loadingInvitations}
      failed={texts.failed}
      fetch={() => listInvitations(workspaceId)}
    >
      {(invitations, reload) =>
        invitations.length > 0 && (
          <section class="setting-part" aria-labelledby="invitations">
            <h2 id="invitations">{words.invitations}</h2>
            <ul class="setting-rows">
              {invitations.map((invitation) => (
                <li key={invitation.id} class="setting-row">
                  <div>
                    <strong>{invitation.email}</strong>
                    <p class="small muted">
                      {shared.roles[invitation.role]} · {words.expires(ago(invitation.expiresAt))}
                    </p>
                  </div>
                  <Button
                    size="small"
                    aria-label={words.revokeNamed(invitation.email)}
                    onClick={() => void revoke(invitation).then(reload)}
                  >
                    {words.revoke}
                  </Button>
                </li>
              ))}
            </ul>
          </section>
        )
      }
    </Fetched>
  );
}
