-- A run that another one has started: by which node, in which visit, below which run and how deep.
ALTER TABLE "Run" ADD COLUMN "parentRunId" TEXT,
ADD COLUMN "parentNodeId" TEXT,
ADD COLUMN "parentVisit" INTEGER,
ADD COLUMN "rootRunId" TEXT,
ADD COLUMN "depth" INTEGER NOT NULL DEFAULT 0;

CREATE INDEX "Run_parent_idx" ON "Run"("parentRunId", "startedAt" DESC) WHERE ("parentRunId" IS NOT NULL);
CREATE INDEX "Run_root_idx" ON "Run"("rootRunId") WHERE ("rootRunId" IS NOT NULL);
