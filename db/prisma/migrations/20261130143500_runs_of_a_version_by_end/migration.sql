-- Finds the runs of a version that ended before some time, for their retention. It serves whoever looks
-- for the runs of a version too, so the index that did only that goes.
CREATE INDEX "Run_versionId_finishedAt_idx" ON "Run"("versionId", "finishedAt");

DROP INDEX "Run_versionId_idx";
