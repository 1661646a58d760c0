-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "firstVersionId" TEXT,
ADD COLUMN     "generation" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "resume" JSONB;

-- AlterTable
ALTER TABLE "RunMessage" ADD COLUMN     "text" TEXT;
