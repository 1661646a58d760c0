import type { ApiToken, AuditEntry, Member, Workspace } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { Download, ScrollText } from 'lucide';
import { useLocation } from 'preact-iso';
import { useEffect, useMemo } from 'preact/hooks';
import { createPagedList } from '../../api/paged-list.js';
import { auditCsv, listAudit, listMembers, listTokens } from '../../api/workspaces.js';
import { locale } from '../../texts/language.js';
import { Icon } from '../../ui/icon.js';
import { PagedItems } from '../../ui/paged-items.js';
import { Skeleton } from '../../ui/skeleton.js';
import { EmptyBox } from '../empty-box.js';
import { texts } from '../settings-texts.js';

type Query = { actor?: string; action?: string };

const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
const number = new Intl.NumberFormat(locale);

function readQuery({ actor, action }: Record<string, string | undefined>): Query {
  return { ...(actor && { actor }), ...(action && { action }) };
}

const addressOf = (query: Query) => {
  const search = new URLSearchParams(query).toString();
  return `/settings/audit${search && `?${search}`}`;
};

/** What was done, with the name of what it was done to. */
function Act({ action, name }: { action: string; name: string }) {
  const known: { [action: string]: string | undefined } = texts.audit.actions;
  const [before = '', after] = (known[action] ?? `${action} #`).split('#');
  if (after === undefined) return <>{before}</>;
  return (
    <>
      {before}
      <strong>{name}</strong>
      {after}
    </>
  );
}

const valueWords = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

function Changes({ entry: { changes, requestId } }: { entry: AuditEntry }) {
  const words = texts.audit;
  const lines = Object.entries(changes);
  if (lines.length === 0 && requestId === null) return null;
  return (
    <details class="small">
      <summary>{words.changes}</summary>
      <dl class="setting-facts">
        {lines.map(([field, value]) => (
          <>
            <dt>{field}</dt>
            <dd>{valueWords(value)}</dd>
          </>
        ))}
        {requestId !== null && (
          <>
            <dt>{words.request}</dt>
            <dd>
              <code>{requestId}</code>
            </dd>
          </>
        )}
      </dl>
    </details>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const { actor, action, resource, at } = entry;
  return (
    <li class="setting-row audit-entry">
      <div>
        <p>
          <strong>{actor.name}</strong>
          {actor.kind === 'token' && <span class="badge small">{texts.audit.token}</span>}{' '}
          <Act action={action} name={resource.name} />
        </p>
        <time class="small muted" dateTime={at}>
          {when.format(new Date(at))}
        </time>
        <Changes entry={entry} />
      </div>
    </li>
  );
}

/** Who can have done something: the members and the tokens of today. */
function useActors(workspaceId: string) {
  const actors = useSignal<{ members: Member[]; tokens: ApiToken[] }>({ members: [], tokens: [] });
  useEffect(() => {
    Promise.all([listMembers(workspaceId), listTokens(workspaceId)]).then(
      ([members, tokens]) => (actors.value = { members, tokens }),
      // Without their names one can still choose an action; the list itself tells what is wrong.
      () => undefined,
    );
  }, [workspaceId]);
  return actors.value;
}

function Filters({ workspaceId, query }: { workspaceId: string; query: Query }) {
  const words = texts.audit;
  const { route } = useLocation();
  const { members, tokens } = useActors(workspaceId);
  const choose = (field: keyof Query, value: string) => {
    const { [field]: _, ...others } = query;
    route(addressOf(value === '' ? others : { ...others, [field]: value }));
  };
  return (
    <div class="audit-filters">
      <label>
        <span class="visually-hidden">{words.actor}</span>
        <select
          class="input"
          value={query.actor ?? ''}
          onChange={({ currentTarget }) => choose('actor', currentTarget.value)}
        >
          <option value="">{words.everyone}</option>
          <optgroup label={words.people}>
            {members.map(({ userId, name, email }) => (
              <option key={userId} value={userId}>
                {name || email}
              </option>
            ))}
          </optgroup>
          {tokens.length > 0 && (
            <optgroup label={words.tokens}>
              {tokens.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </optgroup>
          )}
        </select>
      </label>
      <label>
        <span class="visually-hidden">{words.action}</span>
        <select
          class="input"
          value={query.action ?? ''}
          onChange={({ currentTarget }) => choose('action', currentTarget.value)}
        >
          <option value="">{words.everything}</option>
          {Object.entries(words.kinds).map(([kind, label]) => (
            <option key={kind} value={`${kind}.`}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <a class="button" href={auditCsv(workspaceId, query)} download>
        <Icon of={Download} size={16} />
        {words.csv}
      </a>
    </div>
  );
}

function NoEntries({ isFiltered }: { isFiltered: boolean }) {
  const words = texts.audit;
  return (
    <EmptyBox icon={ScrollText} title={isFiltered ? words.none : words.empty}>
      {isFiltered && (
        <>
          <p class="muted small">{words.noneText}</p>
          <a class="button" href="/settings/audit">
            {words.showAll}
          </a>
        </>
      )}
    </EmptyBox>
  );
}

/** Who did what in the workspace, the newest first. */
export function AuditSection({ workspace: { id, settings } }: { workspace: Workspace }) {
  const words = texts.audit;
  const query = readQuery(useLocation().query);
  const list = useMemo(
    () => createPagedList<AuditEntry>((params, cursor) => listAudit(id, params, cursor)),
    [id],
  );
  const asked = JSON.stringify(query);
  useEffect(() => void list.show(query), [list, asked]);
  const { items, state } = list;
  const isNone = state.value === 'ready' && items.value.length === 0;
  return (
    <>
      <p class="muted">{words.text(number.format(settings.auditDays))}</p>
      <Filters workspaceId={id} query={query} />
      {isNone ? (
        <NoEntries isFiltered={asked !== '{}'} />
      ) : (
        <PagedItems
          list={list}
          words={words}
          skeleton={<Skeleton label={words.loading} count={5} />}
        >
          <ul class="setting-rows" aria-busy={state.value === 'loading'}>
            {items.value.map((entry) => (
              <Entry key={entry.id} entry={entry} />
            ))}
          </ul>
        </PagedItems>
      )}
    </>
  );
}
