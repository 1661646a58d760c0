-- AlterTable
ALTER TABLE "Workflow" ADD COLUMN     "notes" JSONB NOT NULL DEFAULT '[]';
