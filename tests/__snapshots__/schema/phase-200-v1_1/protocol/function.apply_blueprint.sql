CREATE FUNCTION protocol.apply_blueprint(target_module_id uuid, blueprint jsonb)
    RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
DECLARE
    module protocol.protocol_modules;
    plan record;
    part record;
    new_plan_id uuid;
    new_part_id uuid;
BEGIN
    SELECT m.* INTO module FROM protocol.protocol_modules AS m WHERE m.id = target_module_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'módulo % não encontrado', target_module_id USING ERRCODE = 'no_data_found';
    END IF;

    IF module.kind = 'nutrition' THEN
        FOR plan IN SELECT d.value AS doc FROM jsonb_array_elements(blueprint -> 'meal_plans') AS d LOOP
            INSERT INTO protocol.meal_plans (
                professional_id,
                patient_id,
                protocol_module_id,
                title,
                notes,
                energy_kcal_target,
                protein_g_target,
                carbohydrate_g_target,
                fat_g_target
            )
            VALUES (
                module.professional_id,
                module.patient_id,
                module.id,
                plan.doc ->> 'title',
                plan.doc ->> 'notes',
                (plan.doc ->> 'energy_kcal_target')::numeric,
                (plan.doc ->> 'protein_g_target')::numeric,
                (plan.doc ->> 'carbohydrate_g_target')::numeric,
                (plan.doc ->> 'fat_g_target')::numeric
            )
            RETURNING id INTO new_plan_id;
            FOR part IN
                SELECT
                    d.value AS doc,
                    d.ordinality AS place
                FROM jsonb_array_elements(plan.doc -> 'meals') WITH ORDINALITY AS d
            LOOP
                INSERT INTO protocol.meals (
                    professional_id, patient_id, meal_plan_id, name, scheduled_time, notes, position
                )
                VALUES (
                    module.professional_id,
                    module.patient_id,
                    new_plan_id,
                    part.doc ->> 'name',
                    (part.doc ->> 'scheduled_time')::time,
                    part.doc ->> 'notes',
                    part.place
                )
                RETURNING id INTO new_part_id;
                -- Sem macros no documento, valem os do alimento do catálogo (por 100 g), na quantidade pedida.
                INSERT INTO protocol.meal_items (
                    professional_id,
                    patient_id,
                    meal_id,
                    food_id,
                    description,
                    quantity_g,
                    household_measure,
                    energy_kcal,
                    protein_g,
                    carbohydrate_g,
                    fat_g,
                    fiber_g,
                    position
                )
                SELECT
                    module.professional_id,
                    module.patient_id,
                    new_part_id,
                    f.id,
                    coalesce(i.doc ->> 'description', f.name),
                    q.grams,
                    i.doc ->> 'household_measure',
                    coalesce((i.doc ->> 'energy_kcal')::numeric, round(f.energy_kcal * q.grams / 100, 2)),
                    coalesce((i.doc ->> 'protein_g')::numeric, round(f.protein_g * q.grams / 100, 2)),
                    coalesce((i.doc ->> 'carbohydrate_g')::numeric, round(f.carbohydrate_g * q.grams / 100, 2)),
                    coalesce((i.doc ->> 'fat_g')::numeric, round(f.fat_g * q.grams / 100, 2)),
                    coalesce((i.doc ->> 'fiber_g')::numeric, round(f.fiber_g * q.grams / 100, 2)),
                    i.place
                FROM jsonb_array_elements(part.doc -> 'items') WITH ORDINALITY AS i (doc, place)
                CROSS JOIN LATERAL (SELECT (i.doc ->> 'quantity_g')::numeric AS grams) AS q
                LEFT JOIN protocol.foods AS f ON f.slug = i.doc ->> 'food';
            END LOOP;
        END LOOP;

    ELSIF module.kind = 'training' THEN
        FOR plan IN SELECT d.value AS doc FROM jsonb_array_elements(blueprint -> 'training_plans') AS d LOOP
            INSERT INTO protocol.training_plans (
                professional_id, patient_id, protocol_module_id, title, notes, weekly_frequency
            )
            VALUES (
                module.professional_id,
                module.patient_id,
                module.id,
                plan.doc ->> 'title',
                plan.doc ->> 'notes',
                (plan.doc ->> 'weekly_frequency')::smallint
            )
            RETURNING id INTO new_plan_id;
            FOR part IN
                SELECT
                    d.value AS doc,
                    d.ordinality AS place
                FROM jsonb_array_elements(plan.doc -> 'sessions') WITH ORDINALITY AS d
            LOOP
                INSERT INTO protocol.training_sessions (
                    professional_id, patient_id, training_plan_id, name, notes, position
                )
                VALUES (
                    module.professional_id,
                    module.patient_id,
                    new_plan_id,
                    part.doc ->> 'name',
                    part.doc ->> 'notes',
                    part.place
                )
                RETURNING id INTO new_part_id;
                INSERT INTO protocol.training_exercises (
                    professional_id,
                    patient_id,
                    training_session_id,
                    exercise_id,
                    name,
                    sets,
                    repetitions,
                    load_kg,
                    rest_seconds,
                    tempo,
                    notes,
                    position
                )
                SELECT
                    module.professional_id,
                    module.patient_id,
                    new_part_id,
                    x.id,
                    coalesce(i.doc ->> 'name', x.name),
                    (i.doc ->> 'sets')::smallint,
                    i.doc ->> 'repetitions',
                    (i.doc ->> 'load_kg')::numeric,
                    (i.doc ->> 'rest_seconds')::integer,
                    i.doc ->> 'tempo',
                    i.doc ->> 'notes',
                    i.place
                FROM jsonb_array_elements(part.doc -> 'exercises') WITH ORDINALITY AS i (doc, place)
                LEFT JOIN protocol.exercises AS x ON x.slug = i.doc ->> 'exercise';
            END LOOP;
        END LOOP;

    ELSIF module.kind = 'supplementation' THEN
        FOR plan IN SELECT d.value AS doc FROM jsonb_array_elements(blueprint -> 'plans') AS d LOOP
            INSERT INTO supplementation.plans (professional_id, patient_id, protocol_module_id, title, notes)
            VALUES (
                module.professional_id,
                module.patient_id,
                module.id,
                plan.doc ->> 'title',
                plan.doc ->> 'notes'
            )
            RETURNING id INTO new_plan_id;
            INSERT INTO supplementation.plan_items (
                professional_id,
                patient_id,
                plan_id,
                name,
                dose,
                dose_unit,
                times_per_day,
                timing,
                instructions,
                position
            )
            SELECT
                module.professional_id,
                module.patient_id,
                new_plan_id,
                i.doc ->> 'name',
                (i.doc ->> 'dose')::numeric,
                (i.doc ->> 'dose_unit')::supplementation.dose_unit,
                coalesce((i.doc ->> 'times_per_day')::smallint, 1),
                i.doc ->> 'timing',
                i.doc ->> 'instructions',
                i.place
            FROM jsonb_array_elements(plan.doc -> 'items') WITH ORDINALITY AS i (doc, place);
        END LOOP;

    ELSE
        INSERT INTO hydration.plans (
            professional_id,
            patient_id,
            protocol_module_id,
            daily_target_ml,
            reminder_interval_minutes,
            instructions
        )
        SELECT
            module.professional_id,
            module.patient_id,
            module.id,
            (d.value ->> 'daily_target_ml')::integer,
            (d.value ->> 'reminder_interval_minutes')::smallint,
            d.value ->> 'instructions'
        FROM jsonb_array_elements(blueprint -> 'plans') AS d;
    END IF;
END;
$function$;

ALTER FUNCTION protocol.apply_blueprint(uuid,jsonb) OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION protocol.apply_blueprint(uuid,jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION protocol.apply_blueprint(uuid,jsonb) TO korevitta_app;

COMMENT ON FUNCTION protocol.apply_blueprint(uuid,jsonb) IS 'Grava em um módulo vazio o conteúdo descrito por um documento (o de protocol.module_blueprint ou o de um modelo).';
