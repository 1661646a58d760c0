CREATE TABLE "Endpoint" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "types" TEXT[],
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "disabledBecause" TEXT,
    "failingSince" TIMESTAMPTZ(3),
    "deliveredAt" TIMESTAMPTZ(3),
    "restsUntil" TIMESTAMPTZ(3),
    "leaseUntil" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Endpoint_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "EndpointSecret" (
    "id" TEXT NOT NULL,
    "endpointId" TEXT NOT NULL,
    "ciphertext" BYTEA NOT NULL,
    "keyVersion" INTEGER NOT NULL,
    "last4" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3),

    CONSTRAINT "EndpointSecret_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "OutboundEvent" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "data" JSONB NOT NULL,
    "isTest" BOOLEAN NOT NULL DEFAULT false,
    "runId" TEXT,
    "conversationId" TEXT,
    "contactId" TEXT,

    CONSTRAINT "OutboundEvent_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "EventDelivery" (
    "id" BIGSERIAL NOT NULL,
    "endpointId" TEXT NOT NULL,
    "eventId" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "reason" TEXT,
    "inLine" BOOLEAN NOT NULL DEFAULT true,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "nextAttemptAt" TIMESTAMPTZ(3),
    "attempts" JSONB NOT NULL DEFAULT '[]',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "EventDelivery_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "Endpoint_workspaceId_createdAt_id_idx" ON "Endpoint"("workspaceId", "createdAt" DESC, "id" DESC);
CREATE INDEX "EndpointSecret_endpointId_createdAt_idx" ON "EndpointSecret"("endpointId", "createdAt" DESC);
CREATE INDEX "OutboundEvent_workspaceId_idx" ON "OutboundEvent"("workspaceId");
CREATE INDEX "OutboundEvent_runId_idx" ON "OutboundEvent"("runId");
CREATE INDEX "OutboundEvent_conversationId_idx" ON "OutboundEvent"("conversationId");
CREATE INDEX "OutboundEvent_contactId_idx" ON "OutboundEvent"("contactId");
CREATE INDEX "OutboundEvent_at_idx" ON "OutboundEvent"("at");
CREATE UNIQUE INDEX "EventDelivery_eventId_endpointId_key" ON "EventDelivery"("eventId", "endpointId");
CREATE INDEX "EventDelivery_endpointId_id_idx" ON "EventDelivery"("endpointId", "id" DESC);
CREATE INDEX "EventDelivery_line_idx" ON "EventDelivery"("endpointId", "id") WHERE (status = 'pending'::text AND "inLine");
CREATE INDEX "EventDelivery_aside_idx" ON "EventDelivery"("endpointId", "nextAttemptAt") WHERE (status = 'pending'::text AND NOT "inLine");
CREATE INDEX "EventDelivery_createdAt_idx" ON "EventDelivery"("createdAt");

ALTER TABLE "Endpoint" ADD CONSTRAINT "Endpoint_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "EndpointSecret" ADD CONSTRAINT "EndpointSecret_endpointId_fkey" FOREIGN KEY ("endpointId") REFERENCES "Endpoint"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "OutboundEvent" ADD CONSTRAINT "OutboundEvent_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "OutboundEvent" ADD CONSTRAINT "OutboundEvent_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "OutboundEvent" ADD CONSTRAINT "OutboundEvent_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "Conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "OutboundEvent" ADD CONSTRAINT "OutboundEvent_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "Contact"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "EventDelivery" ADD CONSTRAINT "EventDelivery_endpointId_fkey" FOREIGN KEY ("endpointId") REFERENCES "Endpoint"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "EventDelivery" ADD CONSTRAINT "EventDelivery_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "OutboundEvent"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The id of an event, made of what tells its fact from others: a fact that is written again is told once.
CREATE FUNCTION event_id(key text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT 'evt_' || left(encode(sha256(convert_to(key, 'UTF8')), 'hex'), 32)
$$;

-- Writes an event down with a delivery for each endpoint that hears of its type. It is part of the
-- transaction that writes the fact, so that neither is there without the other. Beyond
-- `limits.pendingEvents` an endpoint gets what cannot wait for it as undelivered.
CREATE FUNCTION record_event(
  workspace_id text, event_id text, event_type text, happened_at timestamptz, event_data jsonb,
  run_id text, conversation_id text, contact_id text, except_endpoint text DEFAULT NULL
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  hearers text[] := ARRAY(
    SELECT e.id FROM "Endpoint" e
     WHERE e."workspaceId" = workspace_id AND e.enabled AND event_type = ANY (e.types)
       AND e.id IS DISTINCT FROM except_endpoint);
BEGIN
  IF hearers = '{}' THEN
    RETURN;
  END IF;
  INSERT INTO "OutboundEvent" (id, "workspaceId", type, at, data, "runId", "conversationId", "contactId")
  VALUES (event_id, workspace_id, event_type, happened_at, event_data, run_id, conversation_id, contact_id)
  ON CONFLICT (id) DO NOTHING;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  INSERT INTO "EventDelivery" ("endpointId", "eventId", status, reason)
  SELECT hearer, event_id,
         CASE WHEN is_full THEN 'undelivered' ELSE 'pending' END,
         CASE WHEN is_full THEN 'overflow' END
    FROM unnest(hearers) hearer,
         LATERAL (SELECT EXISTS (
           SELECT FROM "EventDelivery" d
            WHERE d."endpointId" = hearer AND d.status = 'pending' AND d."inLine"
           OFFSET 9999) AS is_full) room;
END $$;

-- What endpoints hear of the log of a run, whatever writes it. Nothing of test runs, and nothing of the
-- part of a fork's log that is a copy.
CREATE FUNCTION tell_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM "Endpoint" WHERE enabled) THEN
    RETURN NULL;
  END IF;
  PERFORM record_event(
      told."workspaceId",
      event_id(concat_ws(E'\n', told."runId", told.event, told.place)),
      told.event, told.at, told.common || told.more,
      told."runId", told."conversationId", NULL)
    FROM (
      SELECT l.seq, l.at, l."runId", r."workspaceId", r."conversationId",
             CASE l.type
               WHEN 'run.started' THEN
                 CASE WHEN coalesce(l.data->'resumed'->>'by', 'fork') = 'fork' THEN 'run.started' END
               WHEN 'waiting' THEN 'run.waiting'
               WHEN 'run.finished' THEN
                 CASE l.data->>'status' WHEN 'completed' THEN 'run.completed'
                                        WHEN 'failed' THEN 'run.failed' END
               WHEN 'message' THEN 'message.created'
               WHEN 'handoff.requested' THEN 'handoff.requested'
               WHEN 'control.changed' THEN
                 CASE l.data->>'by' WHEN 'operator' THEN 'handoff.accepted' ELSE 'handoff.ended' END
             END AS event,
             -- A log that was rewritten tells again what it tells otherwise, as conversations do.
             CASE l.type WHEN 'message' THEN concat_ws(E'\n', l.data->>'id', md5(l.data->>'text'))
                         ELSE concat_ws(E'\n', l.seq, md5(l.data::text)) END AS place,
             jsonb_build_object(
               'runId', l."runId", 'workflowId', r."workflowId", 'version', v.number,
               'conversationId', r."conversationId", 'contactId', c."contactId",
               'deploymentId', c."deploymentId") AS common,
             CASE l.type
               WHEN 'waiting' THEN jsonb_build_object('node',
                      jsonb_build_object('id', l."nodeId", 'label', l.data->'label')) || (l.data - 'label')
               WHEN 'run.finished' THEN l.data - 'status'
               WHEN 'handoff.requested' THEN l.data
               WHEN 'control.changed' THEN l.data - 'id' - 'by'
               WHEN 'message' THEN jsonb_build_object('message', jsonb_strip_nulls(jsonb_build_object(
                 -- The ids of the flow's messages name nodes: see `publicMessageId`.
                 'id', CASE WHEN r."conversationId" IS NULL OR l.data->>'role' IN ('user', 'operator')
                            THEN l.data->>'id'
                            ELSE translate(left(encode(sha256(convert_to(
                                   l."runId" || E'\n' || (l.data->>'id'), 'UTF8')), 'base64'), 20), '+/', '-_')
                       END,
                 'role', CASE l.data->>'role' WHEN 'user' THEN 'visitor'
                                              WHEN 'operator' THEN 'operator' ELSE 'flow' END,
                 'name', l.data->'name', 'text', l.data->'text')))
               ELSE '{}'::jsonb
             END AS more
        FROM added l
        JOIN "Run" r ON r.id = l."runId"
        JOIN "WorkflowVersion" v ON v.id = r."versionId" AND v.number IS NOT NULL
        LEFT JOIN "Conversation" c ON c.id = r."conversationId"
       WHERE l.type IN ('run.started', 'waiting', 'run.finished', 'message', 'handoff.requested',
                        'control.changed')
         AND (r.origin IS NULL OR l.seq > (r.origin->>'seq')::int)
         AND EXISTS (SELECT FROM "Endpoint" e WHERE e."workspaceId" = r."workspaceId" AND e.enabled)
       ORDER BY l."runId", l.seq
    ) told
   WHERE told.event IS NOT NULL;
  RETURN NULL;
END $$;

CREATE TRIGGER "ExecutionLog_told" AFTER INSERT ON "ExecutionLog"
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION tell_log();

CREATE FUNCTION tell_conversation_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM record_event(
    NEW."workspaceId", event_id(gen_random_uuid()::text),
    CASE TG_OP WHEN 'INSERT' THEN 'conversation.started' ELSE 'conversation.finished' END,
    now(),
    jsonb_build_object(
      'conversationId', NEW.id, 'contactId', NEW."contactId", 'deploymentId', NEW."deploymentId",
      'workflowId', NEW."workflowId", 'runId', NEW."currentRunId",
      'startedAt', to_char(NEW."createdAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')),
    NULL, NEW.id, NULL);
  RETURN NULL;
END $$;

CREATE TRIGGER "Conversation_started" AFTER INSERT ON "Conversation"
  FOR EACH ROW EXECUTE FUNCTION tell_conversation_event();

CREATE TRIGGER "Conversation_finished" AFTER UPDATE OF status ON "Conversation"
  FOR EACH ROW WHEN (NEW.status = 'closed' AND OLD.status <> 'closed')
  EXECUTE FUNCTION tell_conversation_event();

CREATE FUNCTION tell_contact_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM record_event(
    NEW."workspaceId", event_id(gen_random_uuid()::text),
    CASE TG_OP WHEN 'INSERT' THEN 'contact.created' ELSE 'contact.updated' END,
    now(),
    jsonb_build_object('contact', jsonb_build_object(
      'id', NEW.id, 'name', NEW.name, 'email', NEW.email, 'phone', NEW.phone, 'locale', NEW.locale,
      'timezone', NEW.timezone, 'attributes', NEW.attributes, 'tags', to_jsonb(NEW.tags),
      'isBlocked', NEW."blockedAt" IS NOT NULL,
      'createdAt', to_char(NEW."createdAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))),
    NULL, NULL, NEW.id);
  RETURN NULL;
END $$;

CREATE TRIGGER "Contact_created" AFTER INSERT ON "Contact"
  FOR EACH ROW EXECUTE FUNCTION tell_contact_event();

CREATE TRIGGER "Contact_updated"
  AFTER UPDATE OF name, email, phone, locale, timezone, attributes, tags, "blockedAt" ON "Contact"
  FOR EACH ROW
  WHEN ((OLD.name, OLD.email, OLD.phone, OLD.locale, OLD.timezone, OLD.attributes, OLD.tags, OLD."blockedAt")
        IS DISTINCT FROM
        (NEW.name, NEW.email, NEW.phone, NEW.locale, NEW.timezone, NEW.attributes, NEW.tags, NEW."blockedAt"))
  EXECUTE FUNCTION tell_contact_event();
