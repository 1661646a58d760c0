-- Takes room in a run's queue for a message, in one round trip: see `reserveMessage`.
CREATE FUNCTION reserve_message(
    run_id TEXT,
    message_id TEXT,
    message_bytes INTEGER,
    reserved_for INTERVAL,
    most_messages INTEGER,
    most_bytes INTEGER,
    final_statuses TEXT[]
) RETURNS TABLE (result TEXT, pending INTEGER) LANGUAGE plpgsql AS $$
DECLARE
    run_status TEXT;
    queued_bytes BIGINT;
BEGIN
    -- Those who come at once wait here: each statement below sees what they have taken.
    SELECT r.status INTO run_status FROM "Run" r WHERE r.id = run_id FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN QUERY SELECT 'gone', 0;
        RETURN;
    END IF;

    SELECT count(*), coalesce(sum(q.bytes), 0) INTO pending, queued_bytes
      FROM (SELECT m.bytes FROM "RunMessage" m
             WHERE m."runId" = run_id AND m."consumedAt" IS NULL
             UNION ALL
            SELECT m.bytes FROM "MessageReservation" m
             WHERE m."runId" = run_id AND m."messageId" <> message_id AND m.until > now()) q;

    IF EXISTS (SELECT FROM "RunMessage" m
                WHERE m."runId" = run_id AND m."messageId" = message_id) THEN
        result := 'known';
    ELSIF run_status = ANY (final_statuses) THEN
        result := 'finished';
    ELSIF pending >= most_messages OR queued_bytes + message_bytes > most_bytes THEN
        result := 'full';
    ELSE
        result := 'reserved';
        -- One that is lost in a crash costs nothing: its commit need not wait for the disk.
        PERFORM set_config('synchronous_commit', 'off', true);
        DELETE FROM "MessageReservation" m
         WHERE m."runId" = run_id AND m."messageId" <> message_id AND m.until <= now();
        INSERT INTO "MessageReservation" ("runId", "messageId", bytes, until)
        VALUES (run_id, message_id, message_bytes, now() + reserved_for)
        ON CONFLICT ("runId", "messageId") DO UPDATE SET until = excluded.until;
    END IF;
    RETURN NEXT;
END
$$;
