using VPlanExport.Model;
using static VPlanExport.Model.TableBuilder;

namespace VPlanExport.Entities;

/// <summary>
/// Values of custom fields. Cards and collections carry them in the same shape, so both entities fill one table; the
/// owner that a row has not is unknown (A:`344680m0`). A value is told by its field's id, and where vPlan leaves that
/// out by the field's name.
/// </summary>
internal static class CustomFieldValues
{
    private const string Kind = "field_type";
    private const string Text = "value_text";

    /// <summary>The table as <paramref name="owner"/>, a card or a collection, fills it.</summary>
    public static Table Of(Table owner) =>
        SharedFact(
                "fact_custom_field_value",
                "custom_field_value",
                owner,
                "One row per custom field of a card or a collection.",
                "custom_fields",
                or: "name"
            )
            .Titled("Waarde van eigen veld")
            .Constant("owner_type", owner.KeyEntity!, "What carries the value: card or collection.")
            .Dutch("Soort eigenaar")
            .Ref(
                "card_key",
                "dim_card",
                "card",
                IdOf(owner, "card"),
                "The card; unknown when a collection carries the value."
            )
            .Ref(
                "collection_key",
                "dim_collection",
                "collection",
                IdOf(owner, "collection"),
                "The collection; unknown when a card carries the value."
            )
            .Ref(
                "custom_field_key",
                Boards.CustomFields.Name,
                "custom_field",
                "id",
                "The field; unknown when the value came without its field's id."
            )
            .Text("field_name", 255, "Name of the field.", "name")
            .Dutch("Naam van het veld")
            .Text(
                Kind,
                50,
                "text, number, date, checkbox, email, link, phone, list, select, address, drawing, textarea or users.",
                "type"
            )
            .Dutch("Soort veld")
            .Label(
                Text,
                4000,
                "The value as people read it; several with commas between them.",
                "value",
                or: "selected",
                personal: true
            )
            .Dutch("Waarde")
            .Parsed(
                "value_number",
                ColumnType.Decimal(18, 4),
                new Source.Parsed(Text, Kind, "number"),
                "The value of a number field."
            )
            .Dutch("Waarde als getal")
            .Parsed("value_date", ColumnType.Date, new Source.Parsed(Text, Kind, "date"), "The value of a date field.")
            .Dutch("Waarde als datum")
            .Parsed(
                "value_bool",
                ColumnType.Bool,
                new Source.Parsed(Text, Kind, "checkbox"),
                "The value of a checkbox."
            )
            .Dutch("Waarde als ja of nee")
            .RawJson("raw", "The value as vPlan sends it.", "value", or: "selected", personal: true)
            .Dutch("Ruwe waarde")
            .RawJson("raw_list", "Elements of a list field.", "list", personal: true)
            .Dutch("Ruwe lijst")
            .RawJson("raw_components", "Parts of an address.", "components", personal: true)
            .Dutch("Ruwe delen")
            .Id("drawing_id", "The drawing.")
            .Dutch("Tekening-id")
            .Build();

    private static string? IdOf(Table owner, string entity) => owner.KeyEntity == entity ? "../id" : null;
}
