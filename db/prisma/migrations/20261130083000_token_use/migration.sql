-- CreateTable
CREATE TABLE "TokenUse" (
    "day" DATE NOT NULL,
    "scope" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "tokens" BIGINT NOT NULL,

    CONSTRAINT "TokenUse_pkey" PRIMARY KEY ("day","scope","id")
);
