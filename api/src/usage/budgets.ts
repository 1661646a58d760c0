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
import { askOfClient } from './ask-of.js';
import { type Ask, byBudget, measure, measureInstallation, type UserMeasure } from './measure.js';

/** The budgets of a user to which something is added by requests. */
type Filled = Exclude<UserMeasure, 'versions' | 'runLog'>;

/** What is about to be added to what a user has: so much of each budget. */
export type Addition = Partial<Record<Filled, number>>;

/** Keeps users and the installation within their budgets. */
export type Budgets = {
  /** How much of each budget a user uses; of the installation's only those that are nearly full. */
  of(userId: string): Promise<Budget[]>;
  /**
   * Lets something be added to the installation. Not to be asked within a transaction.
   * @throws AppError `installation_full`
   */
  requireInstallation(): Promise<void>;
  /**
   * Lets something be added within the transaction that adds it: others of the same user wait for
   * its end, so that however much is added at once, no budget is exceeded.
   * @throws AppError with the code of the budget that is too small for it
   */
  requireRoom(tx: Ask, userId: string, addition: Addition): Promise<void>;
  /**
   * Lets a run start. What is used is looked up every few seconds, and each time once a budget is
   * nearly full.
   * @param fresh looks it up in any case
   * @throws AppError `open_runs_full`, `logs_full`, `installation_full`
   */
  requireRun(userId: string, fresh?: boolean): Promise<void>;
  /** How full each budget of the installation is, from 0 on. */
  ofInstallation(): Promise<Record<'database' | 'openRunsOfAll' | 'tokensOfAll', number>>;
};

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;

/** What to say where a budget of a user is used up. */
const refusals: Record<Filled, [code: ErrorCode, detail: (limit: number) => string]> = {
  flows: ['flows_full', (limit) => `You have ${limit} flows, which is the limit. Delete some.`],
  flowStorage: [
    'flow_storage_full',
    (limit) =>
      `Your flows and their versions may have ${megabytes(limit)} together. Delete flows that you no longer need.`,
  ],
  knowledge: [
    'knowledge_full',
    (limit) => `You have ${limit} knowledge sources, which is the limit. Delete some first.`,
  ],
  knowledgeStorage: [
    'knowledge_full',
    (limit) =>
      `Your knowledge sources may have ${megabytes(limit)} together. Delete some that you no longer need.`,
  ],
  keys: ['keys_full', (limit) => `You have ${limit} keys, which is the limit. Delete some first.`],
  openRuns: [
    'open_runs_full',
    (limit) => `You have ${limit} active runs, which is the limit. Cancel some, or wait.`,
  ],
  logs: [
    'logs_full',
    (limit) =>
      `The logs of your runs may have ${megabytes(limit)} together. Delete flows whose runs you no longer need.`,
  ],
};

/** The error of a user whose budget is used up. @param limit of the budget */
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
    tokensOfUser: tokens.user,
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
  tokensOfUser: 'tokens',
  tokensOfAll: 'tokens',
};

const ofUser = [...(Object.keys(refusals) as Filled[]), 'versions', 'runLog'] as const;
const ofEverybody: readonly BudgetName[] = ['database', 'openRunsOfAll', 'tokensOfAll'];

const lookedUpMs = 10_000;
/** Of how many users is remembered what they use. */
const mostRemembered = 1_000;

/** The budgets of all users and of the installation. */
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

  const measureRuns = (userId: string) => {
    const used = measure(ask, userId, ['openRuns', 'logs']);
    if (runsOf.size >= mostRemembered) runsOf.clear();
    runsOf.set(userId, { used, at: Date.now() });
    used.catch(() => runsOf.delete(userId));
    return used;
  };

  const isNearlyFull = (used: Record<'openRuns' | 'logs', number>) =>
    used.openRuns >= budgetWarning * limit.openRuns || used.logs >= budgetWarning * limit.logs;

  const lookUpRuns = async (userId: string) => {
    const known = runsOf.get(userId);
    if (!known || Date.now() - known.at >= lookedUpMs) return measureRuns(userId);
    const used = await known.used;
    return isNearlyFull(used) ? measureRuns(userId) : used;
  };

  return {
    async of(userId) {
      const used = {
        ...(await measure(ask, userId, ofUser)),
        ...(await installation()),
        ...byBudget(await tokensToday(pool, userId)),
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
    async requireRoom(tx, userId, addition) {
      const names = Object.keys(addition) as Filled[];
      await tx('SELECT id FROM "User" WHERE id = $1 FOR NO KEY UPDATE', [userId]);
      const used = await measure(tx, userId, names);
      for (const name of names) {
        if (used[name] + (addition[name] ?? 0) > limit[name]) {
          throw usedUp(name, limit[name]);
        }
      }
    },
    async requireRun(userId, fresh = false) {
      await requireInstallation();
      const used = fresh ? await measureRuns(userId) : await lookUpRuns(userId);
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
