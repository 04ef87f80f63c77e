CREATE FUNCTION communication.count_message()
    RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
BEGIN
    UPDATE communication.threads AS t
    SET
        last_message_at = greatest(t.last_message_at, NEW.sent_at),
        professional_unread_count
        = t.professional_unread_count + CASE WHEN NEW.sender_kind = 'professional' THEN 0 ELSE 1 END,
        patient_unread_count
        = t.patient_unread_count + CASE WHEN NEW.sender_kind = 'patient' THEN 0 ELSE 1 END
    WHERE t.id = NEW.thread_id;
    RETURN NULL;
END;
$function$;

ALTER FUNCTION communication.count_message() OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION communication.count_message() FROM PUBLIC;

COMMENT ON FUNCTION communication.count_message() IS 'Soma a mensagem nas não lidas de quem não a escreveu; a do sistema conta para os dois.';
