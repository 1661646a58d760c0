-- AlterTable
ALTER TABLE "WorkflowVersion" ADD COLUMN     "program" JSONB;

-- A version still never changes. Its program, which follows from its graph, is added once.
CREATE OR REPLACE FUNCTION refuse_version_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.program IS NULL AND to_jsonb(NEW) - 'program' = to_jsonb(OLD) - 'program' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A version never changes: publish a new one instead'
        USING ERRCODE = 'integrity_constraint_violation', TABLE = 'WorkflowVersion';
END
$$;
