-- What undoing a merge of contacts takes, for 30 days. It goes with the contact that has all of it now.
CREATE TABLE "ContactMerge" (
    "id" TEXT NOT NULL,
    "intoId" TEXT NOT NULL,
    "heldById" TEXT,
    "source" JSONB NOT NULL,
    "before" JSONB NOT NULL,
    "after" JSONB NOT NULL,
    "identityIds" TEXT[],
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ContactMerge_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ContactMerge_intoId_at_idx" ON "ContactMerge"("intoId", "at" DESC);

-- CreateIndex
CREATE INDEX "ContactMerge_heldById_idx" ON "ContactMerge"("heldById");

-- CreateIndex
CREATE INDEX "ContactMerge_at_idx" ON "ContactMerge"("at");

-- AddForeignKey
ALTER TABLE "ContactMerge" ADD CONSTRAINT "ContactMerge_intoId_fkey" FOREIGN KEY ("intoId") REFERENCES "Contact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ContactMerge" ADD CONSTRAINT "ContactMerge_heldById_fkey" FOREIGN KEY ("heldById") REFERENCES "ContactMerge"("id") ON DELETE CASCADE ON UPDATE CASCADE;
