CREATE FUNCTION core.accept_invitation(token_hash bytea)
    RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
DECLARE
    guest uuid := app.current_user_id();
    accepted_patient uuid;
    outer_maintenance text := coalesce(current_setting('app.maintenance', TRUE), '');
BEGIN
    IF guest IS NULL THEN
        RAISE EXCEPTION 'an invitation is accepted by a signed-in user: app.current_user_id is not set'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('app.maintenance', 'on', TRUE);
    UPDATE core.patients AS p
    SET
        user_id = guest,
        status = 'active'
    FROM core.patient_invitations AS i
    WHERE
        i.token_hash = accept_invitation.token_hash
        AND i.accepted_at IS NULL
        AND i.revoked_at IS NULL
        AND i.expires_at > now()
        AND p.professional_id = i.professional_id
        AND p.id = i.patient_id
        AND p.user_id IS NULL
        AND p.deleted_at IS NULL
    RETURNING p.id INTO accepted_patient;
    IF accepted_patient IS NOT NULL THEN
        UPDATE core.patient_invitations AS i
        SET accepted_at = now()
        WHERE i.token_hash = accept_invitation.token_hash;
    END IF;
    PERFORM set_config('app.maintenance', outer_maintenance, TRUE);
    RETURN accepted_patient;
END;
$function$;

ALTER FUNCTION core.accept_invitation(bytea) OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION core.accept_invitation(bytea) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION core.accept_invitation(bytea) TO korevitta_app;

COMMENT ON FUNCTION core.accept_invitation(bytea) IS 'Liga a pessoa da sessão ao cadastro convidado e devolve o paciente; NULL se o convite não vale mais.';
