-- What runs execute must stay what it was. A version goes only with its flow, or, if it is the
-- draft of a test run, when no run refers to it any more.
CREATE FUNCTION refuse_version_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A version never changes: publish a new one instead'
        USING ERRCODE = 'integrity_constraint_violation', TABLE = 'WorkflowVersion';
END
$$;

CREATE TRIGGER "WorkflowVersion_never_changes"
    BEFORE UPDATE ON "WorkflowVersion"
    FOR EACH ROW EXECUTE FUNCTION refuse_version_change();
