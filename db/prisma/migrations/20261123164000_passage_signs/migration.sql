-- AlterTable
ALTER TABLE "KnowledgePassage" ADD COLUMN "signs" bit varying;

-- The sign of a little-endian 32-bit float is the highest bit of its last byte.
UPDATE "KnowledgePassage" SET "signs" = (
  SELECT string_agg((get_byte("embedding", 4 * n + 3) >> 7)::text, '' ORDER BY n)::varbit
    FROM generate_series(0, length("embedding") / 4 - 1) AS n
) WHERE "embedding" IS NOT NULL;
