"""Whose a row is, read from policies alone: no name of a column or setting is known before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from harness.catalog import read_catalog
from harness.checks.isolation.tenancy import Tenancy, infer_tenancy
from harness.checks.schema.facts import read_foreign_keys, reading
from harness.database import Cluster, Database

SCHEMA = """
CREATE FUNCTION ctx_shop() RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('my.shop', true), '')::uuid
$$;
CREATE FUNCTION ctx_buyer() RETURNS uuid LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF public.ctx_shop() IS NOT NULL THEN
        RETURN NULL;
    END IF;
    RETURN nullif(current_setting('my.buyer', true), '')::uuid;
END;
$$;
CREATE TABLE shops (id uuid PRIMARY KEY);
CREATE TABLE buyers (id uuid PRIMARY KEY);
CREATE TABLE carts (
    id uuid PRIMARY KEY,
    shop uuid NOT NULL REFERENCES shops (id),
    owned_by uuid REFERENCES buyers (id),
    paid boolean NOT NULL
);
CREATE FUNCTION own_carts() RETURNS uuid[] LANGUAGE sql STABLE AS $$
    SELECT array_agg(id) FROM public.carts WHERE owned_by = public.ctx_buyer()
$$;
CREATE TABLE lines (id uuid PRIMARY KEY, cart uuid NOT NULL REFERENCES carts (id), shop uuid);
CREATE TABLE coupons (id uuid PRIMARY KEY, line uuid NOT NULL REFERENCES lines (id));
CREATE TABLE colours (name text PRIMARY KEY, shop text);
ALTER TABLE carts ENABLE ROW LEVEL SECURITY;
ALTER TABLE lines ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_shop ON carts USING (shop = (SELECT ctx_shop()));
CREATE POLICY by_buyer ON carts FOR SELECT USING (owned_by = (SELECT ctx_buyer()) AND paid);
CREATE POLICY by_switch ON carts USING (current_setting('my.upkeep', true) = 'on');
CREATE POLICY by_cart ON lines FOR SELECT USING (cart = ANY ((SELECT own_carts())::uuid[]));
CREATE POLICY by_parent ON lines FOR SELECT
USING (EXISTS (SELECT FROM carts AS c WHERE c.id = lines.cart AND c.shop = ctx_shop()));
"""


@pytest.fixture(scope="module")
def tenancy(cluster: Cluster) -> Iterator[Tenancy]:
    database: Database = cluster.create()
    with database.connect() as connection:
        connection.execute(SCHEMA.encode())
        catalog = read_catalog(connection)
        with reading(connection):
            yield infer_tenancy(connection, catalog, read_foreign_keys(connection))
    cluster.drop(database)


def test_settings_are_found_through_functions_and_switches_are_not_among_them(
    tenancy: Tenancy,
) -> None:
    assert tenancy.settings == ("my.buyer", "my.shop")


def test_a_column_holds_the_setting_whose_value_it_is_compared_with(tenancy: Tenancy) -> None:
    assert tenancy.holders["my.shop"] == {("shop", "uuid")}
    assert tenancy.holders["my.buyer"] == {("owned_by", "uuid")}


def test_a_column_compared_with_what_is_looked_up_only_leads_to_a_holder(tenancy: Tenancy) -> None:
    assert "cart" in tenancy.leading("my.buyer")
    assert not tenancy.holds("my.buyer", "public.lines", "cart")


def test_the_tables_that_holders_refer_to_are_the_roots(tenancy: Tenancy) -> None:
    assert tenancy.roots["my.shop"] == {"public.shops"}
    assert tenancy.roots["my.buyer"] == {"public.buyers"}


def test_a_holder_is_known_by_name_and_type(tenancy: Tenancy) -> None:
    assert tenancy.holder("my.shop", "public.lines") == "shop"
    assert tenancy.holder("my.shop", "public.colours") is None


def test_what_refers_to_an_isolated_table_must_be_isolated_too(tenancy: Tenancy) -> None:
    assert set(tenancy.protected) == {
        "public.buyers",
        "public.carts",
        "public.coupons",
        "public.lines",
        "public.shops",
    }
    assert tenancy.protected["public.coupons"] == "its foreign key (line) leads to public.lines"
