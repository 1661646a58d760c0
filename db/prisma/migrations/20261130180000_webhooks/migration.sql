-- CreateTable
CREATE TABLE "HookDelivery" (
    "id" BIGSERIAL NOT NULL,
    "deploymentId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "method" TEXT NOT NULL,
    "query" JSONB NOT NULL,
    "headers" JSONB NOT NULL,
    "body" JSONB,
    "bytes" INTEGER NOT NULL,
    "isVerified" BOOLEAN NOT NULL,
    "key" TEXT,
    "status" INTEGER,
    "code" TEXT,
    "detail" TEXT,
    "runId" TEXT,

    CONSTRAINT "HookDelivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "HookResult" (
    "tokenHash" TEXT NOT NULL,
    "deploymentId" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "HookResult_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateIndex
CREATE INDEX "HookDelivery_deploymentId_isVerified_id_idx" ON "HookDelivery"("deploymentId", "isVerified", "id" DESC);

-- CreateIndex
CREATE INDEX "HookDelivery_at_idx" ON "HookDelivery"("at");

-- CreateIndex
CREATE INDEX "HookResult_runId_idx" ON "HookResult"("runId");

-- CreateIndex
CREATE INDEX "HookResult_deploymentId_idx" ON "HookResult"("deploymentId");

-- CreateIndex
CREATE INDEX "HookResult_expiresAt_idx" ON "HookResult"("expiresAt");

-- AddForeignKey
ALTER TABLE "HookDelivery" ADD CONSTRAINT "HookDelivery_deploymentId_fkey" FOREIGN KEY ("deploymentId") REFERENCES "Deployment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "HookResult" ADD CONSTRAINT "HookResult_deploymentId_fkey" FOREIGN KEY ("deploymentId") REFERENCES "Deployment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "HookResult" ADD CONSTRAINT "HookResult_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
