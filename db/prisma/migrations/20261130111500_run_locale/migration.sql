-- How the customer of a run writes numbers and dates, and when it is noon there: facts of its start.
ALTER TABLE "Run" ADD COLUMN "locale" TEXT;
ALTER TABLE "Run" ADD COLUMN "timezone" TEXT;
