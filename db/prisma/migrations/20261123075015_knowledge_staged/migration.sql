-- DropIndex
DROP INDEX "KnowledgeItem_unread_idx";

-- AlterTable
ALTER TABLE "KnowledgeItem" ADD COLUMN     "staged" JSONB;

-- CreateIndex
CREATE INDEX "KnowledgeItem_unread_idx" ON "KnowledgeItem"("updatedAt") WHERE (reading > generation);
