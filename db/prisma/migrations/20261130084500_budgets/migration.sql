-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "logBytes" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Workflow" ADD COLUMN     "bytes" INTEGER NOT NULL DEFAULT 0;

UPDATE "Workflow" w SET bytes = octet_length(w.variables::text) + octet_length(w.notes::text) +
    (SELECT coalesce(sum(octet_length(n.data::text) + octet_length(n.label)), 0)
       FROM "Node" n WHERE n."workflowId" = w.id);
