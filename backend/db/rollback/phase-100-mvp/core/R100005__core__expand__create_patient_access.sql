-- Desfaz V100005: remove consentimentos e convites.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

DROP TABLE core.consents;
DROP TYPE core.consent_purpose;
DROP FUNCTION core.accept_invitation(bytea);
DROP TABLE core.patient_invitations;
