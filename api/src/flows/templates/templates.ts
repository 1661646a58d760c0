import {
  type FlowInput,
  type ListTemplates,
  nodeTypes,
  type Page,
  type Template,
  searchedText,
} from '@crmflow/contracts';
import { Prisma } from '@crmflow/db';
import type { Deps } from '../../deps.js';
import { decodeCursor, type Position, toPage } from '../../http/cursor.js';
import type { FlowGraph } from '../flow-graph.js';
import { type BuiltIn, builtInTemplates } from './built-in.js';
import { noSuchFlow } from '../flow-errors.js';
import { isNamed } from '../flow-filter.js';
import { needsOfFlow } from './needs.js';

/** Flows to start from: those of the product, then those of the workspace and public ones, the newest first. */
export type Templates = {
  list(workspaceId: string, query: ListTemplates): Promise<Page<Template>>;
  /** @throws AppError `not_found` where there is none that the workspace may see */
  read(workspaceId: string, id: string): Promise<Template>;
};

type Row = FlowGraph & {
  id: string;
  name: string;
  description: string;
  workspaceId: string;
  createdAt: Date;
};

type Placed = { at: Position; template: Template };

/** Before all that users can make: the year 3000, one millisecond apart. */
const builtInAt = (index: number) => new Date(Date.UTC(3000, 0) - index);

type Head = Pick<Template, 'id' | 'category' | 'isBuiltIn' | 'isOwn'>;

function toTemplate(
  head: Head,
  { name, description = '', nodes, edges, variables = [] }: Omit<FlowInput, 'schemaVersion'>,
): Template {
  const count = (type: string) => nodes.filter((node) => node.type === type).length;
  return {
    ...head,
    ...{ name, description, edges, variables },
    nodeCount: nodes.length,
    kinds: Object.fromEntries(nodeTypes.map((type) => [type, count(type)])) as Template['kinds'],
    needs: needsOfFlow({ nodes }),
    nodes: nodes.map(({ id, type, label, position }) => ({ id, type, label, position })),
  };
}

function placeBuiltIn({ id, category, flow }: BuiltIn, index: number): Placed {
  const head = { id, category, isBuiltIn: true, isOwn: false };
  return { at: { at: builtInAt(index), id }, template: toTemplate(head, flow) };
}

function placeOfUser(reader: string, { id, workspaceId, createdAt, ...flow }: Row): Placed {
  const own = { isBuiltIn: false, isOwn: workspaceId === reader };
  const template = toTemplate({ id, category: 'community', ...own }, flow);
  return { at: { at: createdAt, id }, template };
}

function isAfter({ at, id }: Position, cursor: Position | undefined): boolean {
  if (!cursor) return true;
  return at < cursor.at || (at.getTime() === cursor.at.getTime() && id < cursor.id);
}

function matches({ name, category }: Template, { q, category: wanted }: ListTemplates): boolean {
  const hasName = q === undefined || searchedText(name).includes(searchedText(q));
  return hasName && (wanted === undefined || wanted === category);
}

const visibleTo = (workspaceId: string) =>
  Prisma.sql`w."isTemplate" AND (w."isPublic" OR w."workspaceId" = ${workspaceId})`;

function conditions(workspaceId: string, { q }: ListTemplates, cursor: Position | undefined) {
  return [
    visibleTo(workspaceId),
    ...(q === undefined ? [] : [isNamed(q)]),
    ...(cursor ? [Prisma.sql`(w."createdAt", w.id) < (${cursor.at}, ${cursor.id})`] : []),
  ];
}

/** Templates from the product's files and the database. */
export function createTemplates({ db }: Pick<Deps, 'db'>): Templates {
  async function readRows(where: Prisma.Sql, limit: number): Promise<Row[]> {
    return db.$queryRaw<Row[]>`
      SELECT w.id, w.name, w.description, w."workspaceId", w."createdAt", w.variables,
             (SELECT coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'type', n.type,
                       'label', n.label, 'position', jsonb_build_object('x', n.x, 'y', n.y),
                       'data', jsonb_build_object('mode', n.data->'mode',
                         'useKnowledge', n.data->'useKnowledge')) ORDER BY n."order"), '[]')
                FROM "Node" n WHERE n."workflowId" = w.id) AS nodes,
             (SELECT coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'source', e.source,
                       'sourceHandle', e."sourceHandle", 'target', e.target)
                       ORDER BY e."order"), '[]')
                FROM "Edge" e WHERE e."workflowId" = w.id) AS edges
        FROM "Workflow" w WHERE ${where}
       ORDER BY w."createdAt" DESC, w.id DESC LIMIT ${limit}`;
  }

  async function ofUsers(
    workspaceId: string,
    query: ListTemplates,
    left: number,
  ): Promise<Placed[]> {
    if (left <= 0 || (query.category && query.category !== 'community')) return [];
    const cursor = query.cursor === undefined ? undefined : decodeCursor(query.cursor);
    const rows = await readRows(Prisma.join(conditions(workspaceId, query, cursor), ' AND '), left);
    return rows.map((row) => placeOfUser(workspaceId, row));
  }

  return {
    async list(workspaceId, query) {
      const { cursor, limit } = query;
      const after = cursor === undefined ? undefined : decodeCursor(cursor);
      const first = builtInTemplates()
        .map(placeBuiltIn)
        .filter(({ at, template }) => isAfter(at, after) && matches(template, query))
        .slice(0, limit + 1);
      const rest = await ofUsers(workspaceId, query, limit + 1 - first.length);
      return toPage(
        [...first, ...rest],
        limit,
        ({ at }) => at,
        ({ template }) => template,
      );
    },
    async read(workspaceId, id) {
      const builtIn = builtInTemplates().map(placeBuiltIn);
      const known = builtIn.find(({ template }) => template.id === id);
      if (known) return known.template;
      const [row] = await readRows(Prisma.sql`w.id = ${id} AND ${visibleTo(workspaceId)}`, 1);
      if (!row) throw noSuchFlow();
      return placeOfUser(workspaceId, row).template;
    },
  };
}
