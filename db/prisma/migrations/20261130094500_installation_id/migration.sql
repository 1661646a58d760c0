-- One row: which installation this database belongs to, also after it was restored elsewhere.
CREATE TABLE "Installation" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),

    CONSTRAINT "Installation_pkey" PRIMARY KEY ("id")
);
INSERT INTO "Installation" DEFAULT VALUES;
