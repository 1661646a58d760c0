import type { Key } from '@crmflow/contracts';
import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { texts } from '../../editor-texts.js';
import type { DataInputOf } from '@crmflow/contracts';
import type { NodeEdit } from '../edit.js';
import { SelectControl } from '../fields/select-control.js';
import { TextControl } from '../fields/text-control.js';
import { asApiError } from '../../../api/as-api-error.js';
import { listKeys } from '../../../api/keys.js';
import { hostOf, isAllowedHost } from './key-host.js';

/** The stored keys of the workspace. */
type Keys = { keys: readonly Key[] | undefined; failure: string };

/** Reads the stored keys, and again when one comes back from storing another. */
function useKeys(): ReadonlySignal<Keys> {
  const known = useSignal<Keys>({ keys: undefined, failure: '' });
  useEffect(() => {
    const read = async () => {
      try {
        known.value = { keys: await listKeys(), failure: '' };
      } catch (error) {
        known.value = { ...known.peek(), failure: asApiError(error).message };
      }
    };
    void read();
    const again = () => void read();
    window.addEventListener('focus', again);
    return () => window.removeEventListener('focus', again);
  }, [known]);
  return known;
}

type Props = { data: DataInputOf<'http'>; edit: NodeEdit<'http'> };
type Auth = NonNullable<DataInputOf<'http'>['auth']>;

/** What keeps a key from going where the node calls. */
function hostFault(hosts: readonly string[], url: string): string | undefined {
  if (hosts.length === 0) return texts.auth.noHosts;
  const host = hostOf(url);
  return host === undefined || isAllowedHost(hosts, host)
    ? undefined
    : texts.auth.otherHost(host, hosts.join(', '));
}

function Place({ auth, onChange }: { auth: Auth; onChange: (auth: Auth) => void }) {
  const place = auth.in ?? 'bearer';
  const { name: _name, ...rest } = auth;
  return (
    <>
      <SelectControl
        label={texts.auth.place}
        value={place}
        options={(['bearer', 'header', 'query'] as const).map((value) => ({
          value,
          label: texts.auth[value],
        }))}
        onChange={(next) => onChange({ ...rest, in: next })}
      />
      {place !== 'bearer' && (
        <TextControl
          label={texts.auth[place === 'header' ? 'headerName' : 'queryName']}
          field="auth.name"
          placeholder={place === 'header' ? 'X-Api-Key' : 'api_key'}
          isCode
          value={auth.name ?? ''}
          onInput={(name) => onChange({ ...auth, name })}
        />
      )}
    </>
  );
}

/** Which stored key the request carries, and where. */
export function AuthFields({ data, edit }: Props) {
  const { keys, failure } = useKeys().value;
  const { auth, url = '' } = data;
  const secret = auth?.secret ?? '';
  const stored = keys?.find(({ service }) => service === secret);
  const services = (keys ?? []).map(({ service }) => service);
  const isMissing = secret !== '' && keys !== undefined && !stored;
  const fault = isMissing ? texts.auth.missing(secret) : stored && hostFault(stored.hosts, url);
  const set = (next: Auth | undefined) => edit.set('auth', { auth: next });
  return (
    <>
      <SelectControl
        label={texts.auth.key}
        field="auth.secret"
        hint={stored ? texts.auth.hosts(stored.hosts.join(', ')) : texts.auth.hint}
        fault={fault}
        value={secret}
        options={[
          { value: '', label: texts.auth.none },
          ...services.map((service) => ({ value: service, label: service })),
          ...(secret !== '' && !stored ? [{ value: secret, label: secret }] : []),
        ]}
        onChange={(next) => set(next === '' ? undefined : { in: 'bearer', ...auth, secret: next })}
      />
      {failure !== '' && <p class="small fault">{failure}</p>}
      {auth && <Place auth={auth} onChange={set} />}
      <p class="small">
        <a href="/settings/keys" target="_blank" rel="noreferrer">
          {texts.auth.manage}
        </a>
      </p>
    </>
  );
}
