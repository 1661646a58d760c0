-- Passages are indexed by their words as `indexedWords` makes them: composed, in lower case whatever
-- letters the database knows, and in pairs where a script has no spaces. This reads those that are
-- there again by the same rules.
CREATE FUNCTION pg_temp.indexed_words(given TEXT) RETURNS TEXT LANGUAGE plpgsql AS $$
DECLARE
  plain TEXT := lower(normalize(
    translate(given, U&'\00AD\200B\2060\FEFF', ''), NFKC) COLLATE "und-x-icu");
  unspaced CONSTANT TEXT := U&'[\0E01-\0E5B\0E81-\0EDF\1000-\109F\1780-\17FF\3041-\30FF\31F0-\31FF\3400-\4DBF\4E00-\9FFF\F900-\FAFF]';
  result TEXT := '';
  here TEXT;
  next TEXT;
BEGIN
  IF plain !~ unspaced THEN RETURN plain; END IF;
  FOR at IN 1 .. length(plain) LOOP
    here := substr(plain, at, 1);
    next := substr(plain, at + 1, 1);
    IF here !~ unspaced THEN result := result || here;
    ELSIF next ~ unspaced THEN result := result || ' ' || here || next || ' ';
    ELSE result := result || ' ' || here || ' ';
    END IF;
  END LOOP;
  RETURN result;
END $$;

UPDATE "KnowledgePassage" AS passage SET
  search = setweight(to_tsvector(item.language::regconfig,
             pg_temp.indexed_words(coalesce(passage.heading, ''))), 'A') ||
           setweight(to_tsvector(item.language::regconfig,
             pg_temp.indexed_words(passage.text)), 'D')
  FROM "KnowledgeItem" AS item
 WHERE item.id = passage."itemId"
   AND (passage.text ~ '[^ -~[:space:]]' OR passage.heading ~ '[^ -~[:space:]]');
