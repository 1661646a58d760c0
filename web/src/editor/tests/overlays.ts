import type { Coverage, TestResult } from '@crmflow/contracts';
import { type NodeMark, outletName, type RunOverlay } from '../canvas/run-overlay.js';
import type { DocumentReader } from '../model/store.js';

const mark = (state: NodeMark['state']): NodeMark => ({ state, visits: 0 });

/** What tests reach and what they do not; where some failed, that. */
export function coverageOverlay(
  { nodes, handles }: Coverage,
  results: readonly TestResult[] = [],
): RunOverlay {
  const failed = results.flatMap(({ failures }) => failures.flatMap(({ nodeId }) => nodeId ?? []));
  return {
    nodes: new Map([
      ...nodes.covered.map((id): [string, NodeMark] => [id, mark('done')]),
      ...nodes.missing.map((id): [string, NodeMark] => [id, mark('unreached')]),
      ...failed.map((id): [string, NodeMark] => [id, mark('failed')]),
    ]),
    taken: new Set(handles.covered.map(({ nodeId, handle }) => outletName(nodeId, handle))),
  };
}

/** The way that one test went, and where it failed. */
export function resultOverlay(
  { path, failures }: TestResult,
  document: Pick<DocumentReader, 'edges'>,
): RunOverlay {
  const steps = new Set(path.slice(1).map((id, index) => `${path[index]}\n${id}`));
  const taken = document
    .edges()
    .filter(({ source, target }) => steps.has(`${source}\n${target}`))
    .map(({ source, sourceHandle }) => outletName(source, sourceHandle));
  const failed = failures.flatMap(({ nodeId }) => nodeId ?? []);
  return {
    nodes: new Map([
      ...path.map((id): [string, NodeMark] => [id, mark('done')]),
      ...failed.map((id): [string, NodeMark] => [id, mark('failed')]),
    ]),
    taken: new Set(taken),
  };
}
