import type { Endpoint, Workspace } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { Ellipsis, FlaskConical, Pencil, Power, RefreshCw, Send, Trash2 } from 'lucide';
import {
  deleteEndpoint,
  listEndpoints,
  rotateSecret,
  testEndpoint,
  updateEndpoint,
} from '../../api/endpoints.js';
import { Button } from '../../ui/button.js';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog.js';
import { ShownOnce } from '../../ui/dialog/shown-once.js';
import { ago } from '../../ui/format/when.js';
import { Icon } from '../../ui/icon.js';
import { Menu } from '../../ui/menu/menu.js';
import { attempt } from '../../ui/toast/attempt.js';
import { toast } from '../../ui/toast/toast.js';
import { GrowingList } from '../growing-list.js';
import { texts } from '../settings-texts.js';
import { EndpointDeliveries } from './endpoint-deliveries.js';
import { EndpointDialog } from './endpoint-dialog.js';

/** How an endpoint does, in words. */
function healthOf({ enabled, disabledBecause, failingSince, deliveredAt }: Endpoint): string {
  const words = texts.endpoints;
  if (!enabled) return disabledBecause === null ? words.disabled : words.because[disabledBecause];
  if (failingSince !== null) return words.failing(ago(failingSince));
  return deliveredAt === null ? words.never : words.delivered(ago(deliveredAt));
}

function EndpointRow({
  workspaceId,
  endpoint,
  onChanged,
}: {
  workspaceId: string;
  endpoint: Endpoint;
  onChanged: () => void;
}) {
  const words = texts.endpoints;
  const asked = useSignal<'edit' | 'remove' | { secret: string } | undefined>(undefined);
  const isOpen = useSignal(false);
  const close = () => (asked.value = undefined);
  const one = { workspaceId, id: endpoint.id };
  const { host } = new URL(endpoint.url);
  const change = (work: () => Promise<unknown>) =>
    void attempt(async () => {
      await work();
      onChanged();
    });
  return (
    <li class="setting-row endpoint">
      <div>
        <strong>{endpoint.url}</strong>
        <p class="small muted">
          {words.count(endpoint.types.length)} · {healthOf(endpoint)}
          {endpoint.pending > 0 && ` · ${words.pending(endpoint.pending)}`}
        </p>
        <Button
          kind="quiet"
          size="small"
          aria-expanded={isOpen.value}
          onClick={() => (isOpen.value = !isOpen.value)}
        >
          {isOpen.value ? words.hide : words.show}
        </Button>
        {isOpen.value && <EndpointDeliveries endpoint={one} />}
      </div>
      <Menu
        label={words.more(host)}
        items={[
          {
            label: words.test,
            icon: FlaskConical,
            onSelect: () =>
              change(async () => {
                await testEndpoint(one);
                toast(words.tested);
              }),
          },
          { label: words.edit, icon: Pencil, onSelect: () => (asked.value = 'edit') },
          {
            label: words.rotate,
            icon: RefreshCw,
            onSelect: () =>
              void attempt(async () => {
                asked.value = { secret: (await rotateSecret(one)).secret };
              }),
          },
          {
            label: endpoint.enabled ? words.disable : words.enable,
            icon: Power,
            onSelect: () => change(() => updateEndpoint(one, { enabled: !endpoint.enabled })),
          },
          'separator',
          {
            label: words.remove,
            icon: Trash2,
            isDangerous: true,
            onSelect: () => (asked.value = 'remove'),
          },
        ]}
      >
        <Icon of={Ellipsis} />
      </Menu>
      {asked.value === 'edit' && (
        <EndpointDialog
          workspaceId={workspaceId}
          changed={endpoint}
          onDone={onChanged}
          onClose={close}
        />
      )}
      {asked.value === 'remove' && (
        <ConfirmDialog
          title={words.removeTitle(host)}
          text={words.removeText}
          confirm={words.remove}
          onConfirm={async () => {
            await deleteEndpoint(one);
            toast(words.removed);
            onChanged();
          }}
          onClose={close}
        />
      )}
      {typeof asked.value === 'object' && (
        <ShownOnce
          title={words.rotatedTitle}
          text={words.rotatedText}
          label={words.secret}
          secret={asked.value.secret}
          onClose={close}
        />
      )}
    </li>
  );
}

/** Where the events of the workspace are sent to. */
export function EndpointsSection({ workspace: { id } }: { workspace: Workspace }) {
  return (
    <GrowingList
      words={texts.endpoints}
      icon={Send}
      fetch={async () => (await listEndpoints(id)).items}
      row={(endpoint, reload) => (
        <EndpointRow
          key={endpoint.id}
          workspaceId={id}
          endpoint={endpoint}
          onChanged={() => void reload()}
        />
      )}
      dialog={({ onAdded, onClose }) => (
        <EndpointDialog workspaceId={id} onDone={onAdded} onClose={onClose} />
      )}
    />
  );
}
