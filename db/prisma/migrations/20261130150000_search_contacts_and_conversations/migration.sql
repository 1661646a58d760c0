-- What is searched in is written once, as `searchedText` makes it: to normalise 100,000 contacts or
-- a million messages at each search takes seconds.
ALTER TABLE "Contact" ADD COLUMN "searched" TEXT GENERATED ALWAYS AS (
  lower(normalize(
    translate(name || E'\n' || coalesce(email, '') || E'\n' || coalesce(phone, ''),
              U&'\00AD\200B\2060\FEFF', ''), NFKC) COLLATE "und-x-icu")
) STORED;

-- The words of messages, as far as a tsvector surely holds them. Of a script that has no spaces
-- between words, each letter is one.
ALTER TABLE "ConversationEvent" ADD COLUMN "words" tsvector GENERATED ALWAYS AS (
  CASE WHEN type = 'message' THEN to_tsvector('simple', regexp_replace(
    lower(normalize(
      translate(left(data->>'text', 100000), U&'\00AD\200B\2060\FEFF', ''), NFKC) COLLATE "und-x-icu"),
    U&'([\0E01-\0E5B\0E81-\0EDF\1000-\109F\1780-\17FF\3041-\30FF\31F0-\31FF\3400-\4DBF\4E00-\9FFF\F900-\FAFF])',
    ' \1 ', 'g')) END
) STORED;

-- CreateIndex
CREATE INDEX "ConversationEvent_words_idx" ON "ConversationEvent" USING GIN ("words");

-- Also when something was said at a deployment last is read from it.
DROP INDEX "Conversation_deploymentId_idx";
CREATE INDEX "Conversation_deploymentId_lastMessageAt_id_idx" ON "Conversation"("deploymentId", "lastMessageAt" DESC, "id" DESC);
