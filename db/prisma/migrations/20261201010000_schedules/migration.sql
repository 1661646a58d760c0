-- CreateTable
CREATE TABLE "Schedule" (
    "deploymentId" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "pausedBecause" TEXT,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "syncedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Schedule_pkey" PRIMARY KEY ("deploymentId")
);

-- CreateTable
CREATE TABLE "ScheduleFiring" (
    "deploymentId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "scheduledAt" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'due',
    "leaseUntil" TIMESTAMPTZ(3),
    "actualAt" TIMESTAMPTZ(3),
    "runId" TEXT,
    "code" TEXT,
    "detail" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ScheduleFiring_pkey" PRIMARY KEY ("deploymentId","key")
);

-- CreateIndex
CREATE INDEX "Schedule_syncedAt_idx" ON "Schedule"("syncedAt");

-- CreateIndex
CREATE INDEX "ScheduleFiring_deploymentId_scheduledAt_key_idx" ON "ScheduleFiring"("deploymentId", "scheduledAt" DESC, "key" DESC);

-- CreateIndex
CREATE INDEX "ScheduleFiring_open_idx" ON "ScheduleFiring"("deploymentId", "state", "scheduledAt") WHERE (state = ANY (ARRAY['due'::text, 'starting'::text, 'running'::text]));

-- CreateIndex
CREATE INDEX "ScheduleFiring_createdAt_idx" ON "ScheduleFiring"("createdAt");

-- AddForeignKey
ALTER TABLE "Schedule" ADD CONSTRAINT "Schedule_deploymentId_fkey" FOREIGN KEY ("deploymentId") REFERENCES "Deployment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ScheduleFiring" ADD CONSTRAINT "ScheduleFiring_deploymentId_fkey" FOREIGN KEY ("deploymentId") REFERENCES "Deployment"("id") ON DELETE CASCADE ON UPDATE CASCADE;
