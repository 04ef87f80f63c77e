CREATE FUNCTION protocol.module_blueprint(target_module_id uuid)
    RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    SELECT CASE m.kind
        WHEN 'nutrition' THEN jsonb_build_object('meal_plans', (
            SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                'title', mp.title,
                'notes', mp.notes,
                'energy_kcal_target', mp.energy_kcal_target,
                'protein_g_target', mp.protein_g_target,
                'carbohydrate_g_target', mp.carbohydrate_g_target,
                'fat_g_target', mp.fat_g_target,
                'meals', (
                    SELECT coalesce(jsonb_agg(jsonb_build_object(
                        'name', me.name,
                        'scheduled_time', me.scheduled_time,
                        'notes', me.notes,
                        'items', (
                            SELECT coalesce(jsonb_agg(jsonb_build_object(
                                'food', f.slug,
                                'description', mi.description,
                                'quantity_g', mi.quantity_g,
                                'household_measure', mi.household_measure,
                                'energy_kcal', mi.energy_kcal,
                                'protein_g', mi.protein_g,
                                'carbohydrate_g', mi.carbohydrate_g,
                                'fat_g', mi.fat_g,
                                'fiber_g', mi.fiber_g
                            ) ORDER BY mi.position, mi.id), '[]')
                            FROM protocol.meal_items AS mi
                            LEFT JOIN protocol.foods AS f ON f.id = mi.food_id
                            WHERE mi.meal_id = me.id
                        )
                    ) ORDER BY me.position, me.id), '[]')
                    FROM protocol.meals AS me
                    WHERE me.meal_plan_id = mp.id
                )
            )) ORDER BY mp.id), '[]')
            FROM protocol.meal_plans AS mp
            WHERE mp.protocol_module_id = m.id AND mp.deleted_at IS NULL
        ))
        WHEN 'training' THEN jsonb_build_object('training_plans', (
            SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                'title', tp.title,
                'notes', tp.notes,
                'weekly_frequency', tp.weekly_frequency,
                'sessions', (
                    SELECT coalesce(jsonb_agg(jsonb_build_object(
                        'name', ts.name,
                        'notes', ts.notes,
                        'exercises', (
                            SELECT coalesce(jsonb_agg(jsonb_build_object(
                                'exercise', x.slug,
                                'name', te.name,
                                'sets', te.sets,
                                'repetitions', te.repetitions,
                                'load_kg', te.load_kg,
                                'rest_seconds', te.rest_seconds,
                                'tempo', te.tempo,
                                'notes', te.notes
                            ) ORDER BY te.position, te.id), '[]')
                            FROM protocol.training_exercises AS te
                            LEFT JOIN protocol.exercises AS x ON x.id = te.exercise_id
                            WHERE te.training_session_id = ts.id
                        )
                    ) ORDER BY ts.position, ts.id), '[]')
                    FROM protocol.training_sessions AS ts
                    WHERE ts.training_plan_id = tp.id
                )
            )) ORDER BY tp.id), '[]')
            FROM protocol.training_plans AS tp
            WHERE tp.protocol_module_id = m.id AND tp.deleted_at IS NULL
        ))
        WHEN 'supplementation' THEN jsonb_build_object('plans', (
            SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                'title', sp.title,
                'notes', sp.notes,
                'items', (
                    SELECT coalesce(jsonb_agg(jsonb_build_object(
                        'name', si.name,
                        'dose', si.dose,
                        'dose_unit', si.dose_unit,
                        'times_per_day', si.times_per_day,
                        'timing', si.timing,
                        'instructions', si.instructions
                    ) ORDER BY si.position, si.id), '[]')
                    FROM supplementation.plan_items AS si
                    WHERE si.plan_id = sp.id
                )
            )) ORDER BY sp.id), '[]')
            FROM supplementation.plans AS sp
            WHERE sp.protocol_module_id = m.id AND sp.deleted_at IS NULL
        ))
        ELSE jsonb_build_object('plans', (
            SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                'daily_target_ml', hp.daily_target_ml,
                'reminder_interval_minutes', hp.reminder_interval_minutes,
                'instructions', hp.instructions
            )) ORDER BY hp.id), '[]')
            FROM hydration.plans AS hp
            WHERE hp.protocol_module_id = m.id AND hp.deleted_at IS NULL
        ))
    END
    FROM protocol.protocol_modules AS m
    WHERE m.id = target_module_id;
$function$;

ALTER FUNCTION protocol.module_blueprint(uuid) OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION protocol.module_blueprint(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION protocol.module_blueprint(uuid) TO korevitta_app;

COMMENT ON FUNCTION protocol.module_blueprint(uuid) IS 'Conteúdo de um módulo como documento, conforme o tipo: é o que protocol.apply_blueprint sabe gravar.';
