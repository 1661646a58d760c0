-- CreateIndex
CREATE INDEX "KnowledgePassage_userId_idx" ON "KnowledgePassage"("userId");
