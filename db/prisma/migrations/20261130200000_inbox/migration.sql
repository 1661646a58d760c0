-- A conversation is snoozed while this is ahead: no job has to end it.
ALTER TABLE "Conversation" ADD COLUMN "snoozedUntil" TIMESTAMPTZ(3);

-- What the team does with a conversation is not part of what its visitor sees, whose numbers have no gaps.
CREATE TABLE "TeamEvent" (
    "id" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "type" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "data" JSONB NOT NULL,

    CONSTRAINT "TeamEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CannedReply" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "shortcut" TEXT NOT NULL,
    "language" TEXT NOT NULL DEFAULT '',
    "text" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CannedReply_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "TeamEvent_conversationId_at_id_idx" ON "TeamEvent"("conversationId", "at", "id");

-- CreateIndex
CREATE INDEX "CannedReply_workspaceId_createdAt_id_idx" ON "CannedReply"("workspaceId", "createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "CannedReply_workspaceId_shortcut_language_key" ON "CannedReply"("workspaceId", "shortcut", "language");

-- The views of the inbox.
CREATE INDEX "Conversation_waiting_idx" ON "Conversation"("workspaceId", "waitingSince", "id") WHERE ("waitingSince" IS NOT NULL);

-- CreateIndex
CREATE INDEX "Conversation_assigned_idx" ON "Conversation"("workspaceId", "assigneeId", "lastMessageAt" DESC, "id" DESC) WHERE ("assigneeId" IS NOT NULL);

-- CreateIndex
CREATE INDEX "Conversation_unassigned_idx" ON "Conversation"("workspaceId", "lastMessageAt" DESC, "id" DESC) WHERE ("assigneeId" IS NULL AND "contactId" IS NOT NULL AND status <> 'closed'::text);

-- CreateIndex
CREATE INDEX "Conversation_snoozed_idx" ON "Conversation"("workspaceId", "lastMessageAt" DESC, "id" DESC) WHERE ("snoozedUntil" IS NOT NULL);

-- AddForeignKey
ALTER TABLE "TeamEvent" ADD CONSTRAINT "TeamEvent_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "Conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CannedReply" ADD CONSTRAINT "CannedReply_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
