-- What the reading of a source left out, and why.
ALTER TABLE "KnowledgeItem" ADD COLUMN "leftOut" JSONB;
