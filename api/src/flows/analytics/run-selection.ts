/** Which runs to look at: those of a flow that started from `from` until before `to`. */
export type RunSelection = {
  workflowId: string;
  from: Date;
  to: Date;
  /** Of this version only, or of drafts. */
  version?: string | undefined;
};

/**
 * The condition on the run `r`, whose parameters are `$1` to `$4`; an index of Run leads to it.
 * A run counts where it started: how it goes on later changes its figures, not its period.
 */
export const isSelected = `
  r."workflowId" = $1 AND r."startedAt" >= $2 AND r."startedAt" < $3
  AND ($4::text IS NULL OR r."versionId" IN (
    SELECT id FROM "WorkflowVersion"
     WHERE "workflowId" = $1 AND coalesce(number::text, 'draft') = $4))`;

/** The parameters of `isSelected`. */
export const valuesOf = ({ workflowId, from, to, version }: RunSelection): unknown[] => [
  workflowId,
  from,
  to,
  version ?? null,
];
