-- AlterTable
ALTER TABLE "KnowledgeItem" ADD COLUMN     "embedded" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "error" JSONB,
ADD COLUMN     "generation" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "language" TEXT NOT NULL DEFAULT 'simple',
ADD COLUMN     "languageFixed" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "pages" INTEGER,
ADD COLUMN     "progress" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "question" TEXT,
ADD COLUMN     "readAt" TIMESTAMPTZ(3),
ADD COLUMN     "reading" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "status" TEXT NOT NULL DEFAULT 'waiting',
ALTER COLUMN "characters" SET DEFAULT 0,
ALTER COLUMN "chunks" SET DEFAULT 0;

-- CreateTable
CREATE TABLE "KnowledgeFile" (
    "itemId" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "KnowledgeFile_pkey" PRIMARY KEY ("itemId")
);

-- CreateTable
CREATE TABLE "KnowledgePassage" (
    "itemId" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "index" INTEGER NOT NULL,
    "userId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "heading" TEXT,
    "page" INTEGER,
    "search" tsvector NOT NULL,
    "embedding" BYTEA,
    "embeddedBy" TEXT,

    CONSTRAINT "KnowledgePassage_pkey" PRIMARY KEY ("itemId","generation","index")
);

-- CreateIndex
CREATE INDEX "KnowledgePassage_search_idx" ON "KnowledgePassage" USING GIN ("search");

-- CreateIndex
CREATE INDEX "KnowledgeItem_unread_idx" ON "KnowledgeItem"("updatedAt") WHERE (status IN ('waiting', 'reading'));

-- AddForeignKey
ALTER TABLE "KnowledgeFile" ADD CONSTRAINT "KnowledgeFile_itemId_fkey" FOREIGN KEY ("itemId") REFERENCES "KnowledgeItem"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "KnowledgePassage" ADD CONSTRAINT "KnowledgePassage_itemId_fkey" FOREIGN KEY ("itemId") REFERENCES "KnowledgeItem"("id") ON DELETE CASCADE ON UPDATE CASCADE;
