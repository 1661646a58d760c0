-- AlterTable
ALTER TABLE "WorkflowVersion" ADD COLUMN     "tests" JSONB;

-- CreateTable
CREATE TABLE "FlowTest" (
    "id" TEXT NOT NULL,
    "workflowId" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "bytes" INTEGER NOT NULL,
    "order" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "FlowTest_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "FlowTest_workflowId_order_idx" ON "FlowTest"("workflowId", "order");

-- AddForeignKey
ALTER TABLE "FlowTest" ADD CONSTRAINT "FlowTest_workflowId_fkey" FOREIGN KEY ("workflowId") REFERENCES "Workflow"("id") ON DELETE CASCADE ON UPDATE CASCADE;
