import type { Key } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { Ellipsis, FlaskConical, KeyRound, RefreshCw, Trash2 } from 'lucide';
import { asApiError } from '../api/as-api-error.js';
import { deleteKey, listKeys, tryGeminiKey } from '../api/keys.js';
import { ConfirmDialog } from '../ui/dialog/confirm-dialog.js';
import { Icon } from '../ui/icon.js';
import { Menu } from '../ui/menu/menu.js';
import { toast } from '../ui/toast/toast.js';
import { ago } from '../ui/format/when.js';
import { GrowingList } from './growing-list.js';
import { KeyDialog } from './key-dialog.js';
import { texts } from './settings-texts.js';

/** The flows that use a key, each a link to its canvas. */
function KeyUsers({ usedBy }: { usedBy: Key['usedBy'] }) {
  const words = texts.keys;
  const { count, flows } = usedBy;
  if (count === 0) return <p class="small muted">{words.noFlows}</p>;
  return (
    <details class="small key-users">
      <summary>{words.flows(count)}</summary>
      <ul>
        {flows.map(({ id, name }) => (
          <li key={id}>
            <a href={`/flows/${id}`}>{name}</a>
          </li>
        ))}
        {count > flows.length && <li class="muted">{words.moreFlows(count - flows.length)}</li>}
      </ul>
    </details>
  );
}

const gemini = 'gemini';

async function tryIt(): Promise<void> {
  try {
    toast(texts.keys.works(await tryGeminiKey()));
  } catch (error) {
    toast(asApiError(error).message, { kind: 'failed' });
  }
}

function removalOf({ usedBy }: Key): string {
  const words = texts.keys;
  if (usedBy.count === 0) return words.removeUnused;
  return `${words.removeUsed(usedBy.count)} ${words.removeText}`;
}

function KeyRow({ stored, onChanged }: { stored: Key; onChanged: () => void }) {
  const words = texts.keys;
  const asked = useSignal<'replace' | 'remove' | undefined>(undefined);
  const close = () => (asked.value = undefined);
  const { service, last4, hosts, updatedAt, lastUsedAt, usedBy } = stored;
  return (
    <li class="setting-row">
      <div>
        <strong>{service}</strong>{' '}
        <code class="small muted" title={words.ends(last4)}>
          ••••{last4}
        </code>
        <p class="small muted">
          {words.stored(ago(updatedAt))} · {lastUsedAt ? words.used(ago(lastUsedAt)) : words.unused}
        </p>
        <p class="small muted">
          {hosts.length === 0 ? words.nowhere : words.goesTo(hosts.join(', '))}
        </p>
        <KeyUsers usedBy={usedBy} />
      </div>
      <Menu
        label={words.more(service)}
        items={[
          ...(service === gemini
            ? [{ label: words.test, icon: FlaskConical, onSelect: () => void tryIt() }]
            : []),
          { label: words.replace, icon: RefreshCw, onSelect: () => (asked.value = 'replace') },
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
      {asked.value === 'replace' && (
        <KeyDialog replaced={stored} onStored={onChanged} onClose={close} />
      )}
      {asked.value === 'remove' && (
        <ConfirmDialog
          title={words.removeTitle(service)}
          text={removalOf(stored)}
          confirm={words.remove}
          onConfirm={async () => {
            await deleteKey(service);
            toast(words.removed(service));
            onChanged();
          }}
          onClose={close}
        />
      )}
    </li>
  );
}

/** The secrets that flows may use. */
export function KeysSection() {
  return (
    <GrowingList
      words={texts.keys}
      icon={KeyRound}
      fetch={listKeys}
      row={(key, reload) => <KeyRow key={key.id} stored={key} onChanged={() => void reload()} />}
      dialog={({ onAdded, onClose }) => <KeyDialog onStored={onAdded} onClose={onClose} />}
    />
  );
}
