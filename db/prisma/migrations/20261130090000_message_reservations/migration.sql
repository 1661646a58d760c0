-- CreateTable
CREATE TABLE "MessageReservation" (
    "runId" TEXT NOT NULL,
    "messageId" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MessageReservation_pkey" PRIMARY KEY ("runId","messageId")
);

-- AddForeignKey
ALTER TABLE "MessageReservation" ADD CONSTRAINT "MessageReservation_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
