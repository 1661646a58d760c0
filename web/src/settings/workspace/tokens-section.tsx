import type { ApiToken, Workspace } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { Terminal } from 'lucide';
import { listMembers, listTokens, revokeToken } from '../../api/workspaces.js';
import { texts as shared } from '../../texts.js';
import { Button } from '../../ui/button.js';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog.js';
import { ago } from '../../ui/format/when.js';
import { toast } from '../../ui/toast/toast.js';
import { GrowingList } from '../growing-list.js';
import { texts } from '../settings-texts.js';
import { TokenDialog } from './token-dialog.js';

type Named = { token: ApiToken; maker: string | undefined };

/** The tokens, each with the name of who made it. */
async function loadTokens(workspaceId: string): Promise<Named[]> {
  const [tokens, members] = await Promise.all([listTokens(workspaceId), listMembers(workspaceId)]);
  const names = new Map(members.map(({ userId, name, email }) => [userId, name || email]));
  return tokens.map((token) => ({ token, maker: names.get(token.createdBy) }));
}

function TokenRow({ named, onRevoke }: { named: Named; onRevoke: () => Promise<void> }) {
  const words = texts.tokens;
  const isAsked = useSignal(false);
  const { token, maker } = named;
  const { name, role, last4, createdAt, expiresAt, lastUsedAt } = token;
  const isExpired = Date.parse(expiresAt) < Date.now();
  return (
    <li class="setting-row">
      <div>
        <strong>{name}</strong>{' '}
        <code class="small muted" title={words.ends(last4)}>
          ••••{last4}
        </code>
        <p class="small muted">
          {[
            shared.roles[role],
            `${words.created(ago(createdAt))}${maker === undefined ? '' : ` ${words.by(maker)}`}`,
          ].join(' · ')}
        </p>
        <p class="small muted">
          {isExpired ? words.expired(ago(expiresAt)) : words.expiresAt(ago(expiresAt))} ·{' '}
          {lastUsedAt === null ? words.unused : words.used(ago(lastUsedAt))}
        </p>
      </div>
      <Button
        size="small"
        aria-label={words.revokeNamed(name)}
        onClick={() => (isAsked.value = true)}
      >
        {words.revoke}
      </Button>
      {isAsked.value && (
        <ConfirmDialog
          title={words.revokeTitle(name)}
          text={words.revokeText}
          confirm={words.revoke}
          onConfirm={onRevoke}
          onClose={() => (isAsked.value = false)}
        />
      )}
    </li>
  );
}

/** The tokens by which scripts act in the workspace. */
export function TokensSection({ workspace: { id } }: { workspace: Workspace }) {
  const words = texts.tokens;
  return (
    <GrowingList
      words={words}
      icon={Terminal}
      fetch={() => loadTokens(id)}
      row={(named, reload) => (
        <TokenRow
          key={named.token.id}
          named={named}
          onRevoke={async () => {
            await revokeToken(id, named.token.id);
            toast(words.revoked(named.token.name));
            await reload();
          }}
        />
      )}
      dialog={({ onAdded, onClose }) => (
        <TokenDialog workspaceId={id} onMade={onAdded} onClose={onClose} />
      )}
    />
  );
}
