-- A person takes a conversation over: who may write, and the stamp of what a person has done last.
ALTER TABLE "Conversation" ADD COLUMN "heldBy" TEXT,
                           ADD COLUMN "controlAt" TIMESTAMPTZ(3);

-- A run that begins under a person: a fact of its start, which it keeps when it is launched again.
ALTER TABLE "Run" ADD COLUMN "takenOver" JSONB;
