-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "launchLease" TIMESTAMPTZ(6);
