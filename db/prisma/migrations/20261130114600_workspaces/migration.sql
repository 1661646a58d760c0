-- Everything but accounts belongs to a workspace from now on. Each account gets a personal one that
-- has the id of its user: what was stored with the owner's id is stored with the workspace's id by
-- that, also in what is encrypted for an owner and in what Temporal holds. See ADR 27.

-- CreateTable
CREATE TABLE "Workspace" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "personalOf" TEXT,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "deletingSince" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Workspace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Member" (
    "workspaceId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Member_pkey" PRIMARY KEY ("workspaceId","userId")
);

-- CreateTable
CREATE TABLE "WorkspaceInvitation" (
    "id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "invitedBy" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "WorkspaceInvitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApiToken" (
    "id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "last4" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ApiToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "actor" JSONB NOT NULL,
    "action" TEXT NOT NULL,
    "resource" JSONB NOT NULL,
    "requestId" TEXT,
    "changes" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("id")
);

INSERT INTO "Workspace" (id, name, "personalOf", "deletingSince", "createdAt")
SELECT id, CASE WHEN name = '' THEN 'Personal' ELSE name END, id, "deletingSince", "createdAt"
  FROM "User";

INSERT INTO "Member" ("workspaceId", "userId", role, "createdAt")
SELECT id, id, 'owner', "createdAt" FROM "User";

-- Workflow
ALTER TABLE "Workflow" DROP CONSTRAINT "Workflow_ownerId_fkey";
ALTER TABLE "Workflow" RENAME COLUMN "ownerId" TO "workspaceId";
ALTER INDEX "Workflow_ownerId_createdAt_id_idx" RENAME TO "Workflow_workspaceId_createdAt_id_idx";
ALTER TABLE "Workflow" ADD COLUMN "createdBy" TEXT;
UPDATE "Workflow" SET "createdBy" = "workspaceId";

-- Run
ALTER TABLE "Run" DROP CONSTRAINT "Run_ownerId_fkey";
ALTER TABLE "Run" RENAME COLUMN "ownerId" TO "workspaceId";
ALTER INDEX "Run_ownerId_startedAt_id_idx" RENAME TO "Run_workspaceId_startedAt_id_idx";
ALTER INDEX "Run_ownerId_status_startedAt_id_idx" RENAME TO "Run_workspaceId_status_startedAt_id_idx";
ALTER TABLE "Run" ADD COLUMN "startedBy" TEXT, ADD COLUMN "requestScope" TEXT;
UPDATE "Run" SET "startedBy" = "workspaceId",
                 "requestScope" = CASE WHEN "requestId" IS NULL THEN NULL ELSE "workspaceId" END;
DROP INDEX "Run_ownerId_requestId_key";
CREATE UNIQUE INDEX "Run_workspaceId_requestScope_requestId_key" ON "Run"("workspaceId", "requestScope", "requestId");

-- ApiKey
ALTER TABLE "ApiKey" DROP CONSTRAINT "ApiKey_userId_fkey";
ALTER TABLE "ApiKey" RENAME COLUMN "userId" TO "workspaceId";
ALTER INDEX "ApiKey_userId_service_key" RENAME TO "ApiKey_workspaceId_service_key";

-- Knowledge
ALTER TABLE "KnowledgeItem" DROP CONSTRAINT "KnowledgeItem_userId_fkey";
ALTER TABLE "KnowledgeItem" RENAME COLUMN "userId" TO "workspaceId";
ALTER INDEX "KnowledgeItem_userId_createdAt_id_idx" RENAME TO "KnowledgeItem_workspaceId_createdAt_id_idx";
ALTER TABLE "KnowledgePassage" RENAME COLUMN "userId" TO "workspaceId";
ALTER INDEX "KnowledgePassage_userId_idx" RENAME TO "KnowledgePassage_workspaceId_idx";

UPDATE "TokenUse" SET scope = 'workspace' WHERE scope = 'user';

-- CreateIndex
CREATE UNIQUE INDEX "Workspace_personalOf_key" ON "Workspace"("personalOf");
CREATE INDEX "Workspace_deleting_idx" ON "Workspace"("deletingSince") WHERE ("deletingSince" IS NOT NULL);
CREATE INDEX "Member_userId_createdAt_idx" ON "Member"("userId", "createdAt");
CREATE UNIQUE INDEX "WorkspaceInvitation_hash_key" ON "WorkspaceInvitation"("hash");
CREATE INDEX "WorkspaceInvitation_workspaceId_createdAt_id_idx" ON "WorkspaceInvitation"("workspaceId", "createdAt" DESC, "id" DESC);
CREATE INDEX "WorkspaceInvitation_email_idx" ON "WorkspaceInvitation"("email");
CREATE INDEX "WorkspaceInvitation_expiresAt_idx" ON "WorkspaceInvitation"("expiresAt");
CREATE UNIQUE INDEX "ApiToken_hash_key" ON "ApiToken"("hash");
CREATE INDEX "ApiToken_workspaceId_createdAt_id_idx" ON "ApiToken"("workspaceId", "createdAt" DESC, "id" DESC);
CREATE INDEX "AuditEntry_workspaceId_at_id_idx" ON "AuditEntry"("workspaceId", "at" DESC, "id" DESC);

-- AddForeignKey
ALTER TABLE "Workspace" ADD CONSTRAINT "Workspace_personalOf_fkey" FOREIGN KEY ("personalOf") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Member" ADD CONSTRAINT "Member_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Member" ADD CONSTRAINT "Member_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "WorkspaceInvitation" ADD CONSTRAINT "WorkspaceInvitation_workspaceId_invitedBy_fkey" FOREIGN KEY ("workspaceId", "invitedBy") REFERENCES "Member"("workspaceId", "userId") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_workspaceId_userId_fkey" FOREIGN KEY ("workspaceId", "userId") REFERENCES "Member"("workspaceId", "userId") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "AuditEntry" ADD CONSTRAINT "AuditEntry_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Workflow" ADD CONSTRAINT "Workflow_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Run" ADD CONSTRAINT "Run_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "KnowledgeItem" ADD CONSTRAINT "KnowledgeItem_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- An entry of the audit log stays what it was, and goes with its workspace or once it is older than
-- the workspace keeps its entries.
CREATE FUNCTION keep_audit_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF NOT EXISTS (SELECT 1 FROM "Workspace" WHERE id = OLD."workspaceId")
           OR OLD.at < now() - make_interval(days => greatest(30, coalesce(
                (SELECT (settings->>'auditDays')::int FROM "Workspace" WHERE id = OLD."workspaceId"), 365)))
        THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'The audit log is append-only'
        USING ERRCODE = 'integrity_constraint_violation', TABLE = 'AuditEntry';
END
$$;

CREATE TRIGGER "AuditEntry_never_changes"
    BEFORE UPDATE OR DELETE ON "AuditEntry"
    FOR EACH ROW EXECUTE FUNCTION keep_audit_entry();

CREATE TRIGGER "AuditEntry_never_truncated"
    BEFORE TRUNCATE ON "AuditEntry"
    FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_entry();
