-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "pausePoints" TEXT[] DEFAULT ARRAY[]::TEXT[];
