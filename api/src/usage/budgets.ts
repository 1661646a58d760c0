import {
  type Budget,
  budgetNames,
  type BudgetName,
  budgetWarning,
  type ErrorCode,
  limits,
} from '@crmflow/contracts';
import { tokensToday } from '@crmflow/db';
import type { Pool } from 'pg';
import { cached } from '../cached.js';
import type { Config } from '../config/config.js';
import { AppError } from '../errors/app-error.js';
import { type Ask, askOfClient } from '../ask.js';
import { byBudget, measure, measureInstallation, type WorkspaceMeasure } from './measure.js';

/** How a run can be refused for what its workspace uses, see `requireRun`. */
export const runBudgetProblems = ['open_runs_full', 'logs_full', 'installation_full'] as const;

/** The budgets of a workspace to which something is added by requests. */
type Filled = Exclude<WorkspaceMeasure, 'versions' | 'runLog'>;

/** What is about to be added to what a workspace has: so much of each budget. */
export type Addition = Partial<Record<Filled, number>>;

/** Keeps workspaces and the installation within their budgets. */
export type Budgets = {
  /** How much of each budget a workspace uses; of the installation's only those that are nearly full. */
  of(workspaceId: string): Promise<Budget[]>;
  /**
   * Lets something be added to the installation. Not to be asked within a transaction.
   * @throws AppError `installation_full`
   */
  requireInstallation(): Promise<void>;
  /**
   * Lets something be added within the transaction that adds it: others of the same workspace wait for
   * its end, so that however much is added at once, no budget is exceeded.
   * @throws AppError with the code of the budget that is too small for it
   */
  requireRoom(tx: Ask, workspaceId: string, addition: Addition): Promise<void>;
  /**
   * Lets a run start. What is used is looked up every few seconds, and each time once a budget is
   * nearly full.
   * @param fresh looks it up in any case
   * @throws AppError `open_runs_full`, `logs_full`, `installation_full`
   */
  requireRun(workspaceId: string, fresh?: boolean): Promise<void>;
  /** How full each budget of the installation is, from 0 on. */
  ofInstallation(): Promise<Record<'database' | 'openRunsOfAll' | 'tokensOfAll', number>>;
};

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;

/** What to say where a budget of a workspace is used up. */
const refusals: Record<Filled, [code: ErrorCode, detail: (limit: number) => string]> = {
  flows: [
    'flows_full',
    (limit) => `This workspace has ${limit} flows, which is the limit. Delete some.`,
  ],
  flowStorage: [
    'flow_storage_full',
    (limit) =>
      `The flows of a workspace and their versions may have ${megabytes(limit)} together. Delete flows that you no longer need.`,
  ],
  knowledge: [
    'knowledge_full',
    (limit) =>
      `This workspace has ${limit} knowledge sources, which is the limit. Delete some first.`,
  ],
  knowledgeStorage: [
    'knowledge_full',
    (limit) =>
      `The knowledge sources of a workspace may have ${megabytes(limit)} together. Delete some that you no longer need.`,
  ],
  keys: [
    'keys_full',
    (limit) => `This workspace has ${limit} keys, which is the limit. Delete some first.`,
  ],
  openRuns: [
    'open_runs_full',
    (limit) => `This workspace has ${limit} active runs, which is the limit. Cancel some, or wait.`,
  ],
  logs: [
    'logs_full',
    (limit) =>
      `The logs of the runs of a workspace may have ${megabytes(limit)} together. Delete flows whose runs you no longer need.`,
  ],
};

/** The error of a workspace whose budget is used up. @param limit of the budget */
export function usedUp(name: Filled, limit: number): AppError {
  const [code, detail] = refusals[name];
  return new AppError(code, detail(limit));
}

const installationFull = () =>
  new AppError(
    'installation_full',
    'This installation has no room for more. Ask the administrator to make some, or to raise its limit.',
  );

/** The limits of the installation, and what it is told of its key for the model. */
type Limits = Pick<Config, 'databaseLimitBytes' | 'sharedKey'>;

/** The limit of each budget. */
const limitsOf = ({ databaseLimitBytes, sharedKey: { tokens } }: Limits) =>
  ({
    flows: limits.flows,
    versions: limits.flowVersions,
    flowStorage: limits.flowStorageBytes,
    knowledge: limits.knowledgeItems,
    knowledgeStorage: limits.knowledgeStorageBytes,
    keys: limits.keys,
    openRuns: limits.openRuns,
    logs: limits.logsBytes,
    runLog: limits.runLog,
    tokensOfFlow: tokens.flow,
    tokensOfWorkspace: tokens.workspace,
    database: databaseLimitBytes,
    openRunsOfAll: limits.openRunsOfAll,
    tokensOfAll: tokens.installation,
  }) satisfies Record<BudgetName, number>;

const units: Partial<Record<BudgetName, Budget['unit']>> = {
  flowStorage: 'bytes',
  knowledgeStorage: 'bytes',
  logs: 'bytes',
  runLog: 'bytes',
  database: 'bytes',
  tokensOfFlow: 'tokens',
  tokensOfWorkspace: 'tokens',
  tokensOfAll: 'tokens',
};

const ofWorkspace = [...(Object.keys(refusals) as Filled[]), 'versions', 'runLog'] as const;
const ofEverybody: readonly BudgetName[] = ['database', 'openRunsOfAll', 'tokensOfAll'];

const lookedUpMs = 10_000;
/** Of how many workspaces is remembered what they use. */
const mostRemembered = 1_000;

/** The budgets of all workspaces and of the installation. */
export function createBudgets(pool: Pool, config: Limits): Budgets {
  const limit = limitsOf(config);
  const ask = askOfClient(pool);
  const installation = cached(lookedUpMs, () => measureInstallation(ask));
  const runsOf = new Map<
    string,
    { used: Promise<Record<'openRuns' | 'logs', number>>; at: number }
  >();

  const requireInstallation = async () => {
    const { database, openRunsOfAll } = await installation();
    if (database >= limit.database || openRunsOfAll >= limit.openRunsOfAll) {
      throw installationFull();
    }
  };

  const measureRuns = (workspaceId: string) => {
    const used = measure(ask, workspaceId, ['openRuns', 'logs']);
    if (runsOf.size >= mostRemembered) runsOf.clear();
    runsOf.set(workspaceId, { used, at: Date.now() });
    used.catch(() => runsOf.delete(workspaceId));
    return used;
  };

  const isNearlyFull = (used: Record<'openRuns' | 'logs', number>) =>
    used.openRuns >= budgetWarning * limit.openRuns || used.logs >= budgetWarning * limit.logs;

  const lookUpRuns = async (workspaceId: string) => {
    const known = runsOf.get(workspaceId);
    if (!known || Date.now() - known.at >= lookedUpMs) return measureRuns(workspaceId);
    const used = await known.used;
    return isNearlyFull(used) ? measureRuns(workspaceId) : used;
  };

  return {
    async of(workspaceId) {
      const used = {
        ...(await measure(ask, workspaceId, ofWorkspace)),
        ...(await installation()),
        ...byBudget(await tokensToday(pool, workspaceId)),
      };
      const all = budgetNames.map((budget) => ({
        budget,
        unit: units[budget] ?? ('count' as const),
        used: used[budget],
        limit: limit[budget],
        warning: used[budget] >= budgetWarning * limit[budget],
      }));
      return all.filter(({ budget, warning }) => warning || !ofEverybody.includes(budget));
    },
    requireInstallation,
    async requireRoom(tx, workspaceId, addition) {
      const names = Object.keys(addition) as Filled[];
      await tx('SELECT id FROM "Workspace" WHERE id = $1 FOR NO KEY UPDATE', [workspaceId]);
      const used = await measure(tx, workspaceId, names);
      for (const name of names) {
        if (used[name] + (addition[name] ?? 0) > limit[name]) {
          throw usedUp(name, limit[name]);
        }
      }
    },
    async requireRun(workspaceId, fresh = false) {
      await requireInstallation();
      const used = fresh ? await measureRuns(workspaceId) : await lookUpRuns(workspaceId);
      if (used.openRuns >= limit.openRuns) throw usedUp('openRuns', limit.openRuns);
      if (used.logs >= limit.logs) throw usedUp('logs', limit.logs);
    },
    async ofInstallation() {
      const { database, openRunsOfAll } = await installation();
      const { tokensOfAll } = byBudget(await tokensToday(pool, ''));
      return {
        database: database / limit.database,
        openRunsOfAll: openRunsOfAll / limit.openRunsOfAll,
        tokensOfAll: tokensOfAll / Math.max(1, limit.tokensOfAll),
      };
    },
  };
}
