-- When several messages are one reply: a fact of a run's start, which it keeps when it is launched again.
ALTER TABLE "Run" ADD COLUMN "burst" JSONB;
