-- CreateIndex
CREATE INDEX "Conversation_snooze_end_idx" ON "Conversation"("workspaceId", "snoozedUntil") WHERE ("snoozedUntil" IS NOT NULL);
