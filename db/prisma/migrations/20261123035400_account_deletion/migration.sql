-- AlterTable
ALTER TABLE "User" ADD COLUMN     "deletingSince" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "User_deleting_idx" ON "User"("deletingSince") WHERE ("deletingSince" IS NOT NULL);
