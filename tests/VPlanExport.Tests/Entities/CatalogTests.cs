using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Tests.Transform;

namespace VPlanExport.Tests.Entities;

[Trait("Tier", "unit")]
public class CatalogTests
{
    /// <summary>The properties that vPlan's documents, or public clients of it, name; of elements after the array's name.</summary>
    private static readonly Dictionary<string, string> Documented = new()
    {
        ["board"] =
            "name workdays color split_cards_by_activity own_backlog capacity_method visibility restricted_users permission_set dependency_behavior card_lock_options custom_fields labels statuses stages archived_at external_ref",
        ["board.labels"] = "board_id name priority color",
        ["board.statuses"] = "board_id name priority color entry exit",
        ["board.custom_fields"] = "name type scope priority value options selected list components drawing_id board_id",
        ["space"] = "name boards",
        ["stage"] =
            "board_id name priority capacity_notification capacity_notification_min capacity_notification_max delay_day efficiency independent default_percentage activities",
        ["item"] = "code description type unit note location stockmanagement external_ref",
        ["activity"] =
            "description code item_id resource_type default_duration day_max_duration billable hourly_rate external_ref transaction archived_at position time time_remaining time_original name time_tracking stages",
        ["resource"] =
            "type name description start_date end_date avatar workdays workdays_start_date integration_schedule color_hex external_ref transaction archived_at boards activities cards resources schedules schedule_deviations",
        ["group"] = "name resources",
        ["user"] =
            "idp_id invite_id status resource_id email username firstname infix lastname fullname display_name role card_visibility language timezone notify_own_changes mfa_enabled is_sso nps_counter avatar avatar_checksum avatar_signature date_of_birth about mobile gender external_ref archived_at resource time_tracking settings board_views",
        ["warehouse"] = "code name external_ref",
        ["project"] = "name description code transaction external_ref",
        ["relation"] = "name description type note phone fax email website external_ref",
        ["order"] =
            "code type sub_type status description note contact date promised_date desired_date delivered_date quantity relation_ref external_url external_ref transaction meta project_id warehouse_id relation_id item_id address_id collection_id board_id address item order_rows orderRows collection project relation warehouse supplies_order_rows",
        ["order.order_rows"] =
            "order_id item_id activity_id code description position type unit item_code reserved quantity quantity_delivered quantity_backorder quantity_original status delivered_date resource_ref external_ref transaction",
        ["collection"] =
            "name description start end due_date meta position source_type status progress warnings custom_fields board_id batch_id cover_image_url cover_image_signature cover_image_checksum cover_image_bytes cover_color_hex external_ref activities attachments cards checklists comments followers labels order",
        ["collection.activities"] =
            "description code item_id resource_type default_duration day_max_duration billable hourly_rate external_ref transaction archived_at position time time_remaining time_original pivot",
        ["collection.labels"] = "board_id name priority color",
        ["collection.custom_fields"] =
            "name type scope priority value options selected list components drawing_id board_id",
        ["card.custom_fields"] = "name type scope priority value options selected list components drawing_id board_id",
        ["card"] =
            "name description start_date start_time end_date end_time date start end rank position days_diff days_active locked time_tracking_running custom_fields card_recurring_id parent_card_id collection_id stage_id status_id board_id completed_at batch_id external_ref activities resources labels stage status collection time time_tracking relations",
        ["card.activities"] =
            "description code item_id resource_type default_duration day_max_duration billable hourly_rate external_ref transaction archived_at position time time_remaining time_original pivot",
        ["card.resources"] =
            "type name description start_date end_date avatar workdays workdays_start_date integration_schedule color_hex external_ref transaction archived_at pivot",
        ["card_relation"] = "card_id related_card_id type status",
        ["schedule"] = "resource_id date hours_available hours_work hours_leave hours_absence",
        ["schedule_deviation"] = "resource_id description type start_date end_date time external_ref icon color",
        ["stage_capacity"] = "date time_available",
        ["time_tracking"] =
            "card_id activity_id user_id start end duration status locked note running synchronized_at external_ref external_note external_failed user",
    };

    [Fact]
    public void Every_entity_has_its_documented_properties_listed() =>
        Documented
            .Keys.Where(name => !name.Contains('.', StringComparison.Ordinal))
            .Should()
            .BeEquivalentTo(Catalog.All.Select(e => e.Name));

    [Fact]
    public void Every_documented_property_feeds_a_column_or_is_left_out_on_purpose()
    {
        foreach (var (place, properties) in Documented)
        {
            var nulls =
                $$"""{"id":"x","created_at":null,"updated_at":null,"deleted_at":null{{string.Concat(properties.Split(' ').Select(name => $",\"{name}\":null"))}}}""";
            var (name, array) = place.Split('.') is [var owner, var path] ? (owner, path) : (place, null);
            var record = array is null ? nulls : $$"""{"id":"r","{{array}}":[{{nulls}}]}""";
            ParsedRecords.Of(Catalog.Named(name), record).Reader.Unknown.Should().BeEmpty("{0} is documented", place);
        }
    }

    [Fact]
    public void Every_entity_that_vPlan_counts_says_which_records_are_listed_as_deleted() =>
        Catalog
            .All.Where(e => e.Endpoint.Per is null)
            .Should()
            .AllSatisfy(e => e.Main["is_marked_deleted"].Source.Should().Be(new Source.IsPresent("deleted_at")));

    [Fact]
    public void Every_reference_is_to_the_key_of_a_table_in_the_catalog()
    {
        foreach (var table in Catalog.Tables)
        {
            table
                .Columns.Where(c =>
                    c != table.Key && c.Type.Kind is ColumnKind.Key or ColumnKind.DateKey && c.References is null
                )
                .Should()
                .BeEmpty("a key of {0} refers to something", table);
            table
                .Columns.Where(c => c.References is not null)
                .Select(c => Catalog.Table(c.References!))
                .Should()
                .NotContain(t => t.Kind != TableKind.Dimension);
        }
    }

    [Fact]
    public void Every_lookup_goes_through_a_key_of_its_own_table()
    {
        foreach (
            var (table, lookup) in Catalog.Tables.SelectMany(t =>
                t.Columns.SelectMany(c => c.Lookups.Select(l => (t, l)))
            )
        )
        {
            table[lookup.Via].References.Should().Be(lookup.Table);
            Catalog.Table(lookup.Table).Has(lookup.Column).Should().BeTrue();
        }
    }

    [Fact]
    public void Every_entity_with_lists_of_its_own_that_may_not_fit_on_a_page_looks_back_by_properties_of_its_main_table()
    {
        foreach (var entity in new[] { Orders.Entity, Collections.Entity, Cards.Entity })
        {
            var lookback = entity.Endpoint.Lookback!;
            string[] asked =
            [
                .. lookback.Dates,
                .. new[] { lookback.Open?.Property, lookback.EmptyWhileOpen }.OfType<string>(),
            ];
            asked
                .Should()
                .OnlyContain(property => entity.Main.Columns.Count(c => c.Source == new Source.Json(property)) == 1);
        }
    }

    [Fact]
    public void Every_table_begins_with_its_key_and_ends_with_what_the_run_knows()
    {
        foreach (var table in Catalog.Tables)
        {
            table.Key.Type.Kind.Should().BeOneOf(ColumnKind.Key, ColumnKind.DateKey);
            table
                .Columns.Select(c => c.Name)
                .Should()
                .OnlyHaveUniqueItems()
                .And.EndWith(["is_deleted", "source_created_at", "source_updated_at", "extracted_at", "run_id"]);
        }
    }

    [Fact]
    public void Tables_of_one_name_have_the_same_columns_and_differ_in_whose_rows_they_hold()
    {
        var shared = Catalog.All.SelectMany(e => e.Tables).GroupBy(t => t.Name).Where(g => g.Count() > 1).ToList();
        shared.Should().NotBeEmpty();
        foreach (var tables in shared)
        {
            tables
                .Select(t => t.Columns.Select(c => (c.Name, c.Type, c.Meaning, c.References)))
                .Should()
                .AllBeEquivalentTo(tables.First().Columns.Select(c => (c.Name, c.Type, c.Meaning, c.References)));
            tables.Select(t => t.Parent!.Key).Should().OnlyHaveUniqueItems();
            tables.Select(t => t.KeyEntity).Should().OnlyHaveUniqueItems();
        }
    }
}
