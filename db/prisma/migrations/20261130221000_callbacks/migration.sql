-- CreateTable
CREATE TABLE "RunCallback" (
    "runId" TEXT NOT NULL,
    "nodeId" TEXT NOT NULL,
    "visit" INTEGER NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "answerHash" TEXT,
    "value" JSONB,
    "answeredAt" TIMESTAMPTZ(3),
    "deliveredAt" TIMESTAMPTZ(3),

    CONSTRAINT "RunCallback_pkey" PRIMARY KEY ("runId", "nodeId", "visit")
);

-- CreateIndex
CREATE UNIQUE INDEX "RunCallback_tokenHash_key" ON "RunCallback"("tokenHash");

-- CreateIndex
CREATE INDEX "RunCallback_undelivered_idx" ON "RunCallback"("answeredAt") WHERE "answeredAt" IS NOT NULL AND "deliveredAt" IS NULL;

-- AddForeignKey
ALTER TABLE "RunCallback" ADD CONSTRAINT "RunCallback_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
