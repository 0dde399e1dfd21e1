using VPlanExport.Model;

namespace VPlanExport.Entities;

/// <summary>A dependency between two cards (A:`cardrelation-67880d0`).</summary>
internal static class CardRelations
{
    public static readonly Table Fact = TableBuilder
        .Fact("fact_card_relation", "card_relation", "One row per dependency between two cards.")
        .Titled("Kaartrelatie")
        .Ref(
            "card_key",
            Cards.Dim.Name,
            "card",
            "card_id",
            "The card that the type is said of: it blocks, depends on … the related card."
        )
        .Ref("related_card_key", Cards.Dim.Name, "card", "related_card_id", "The other card.")
        .Dutch("Verwante kaart (sleutel)")
        .Unrelated()
        .Text("relation_type", 50, "related, blocks, depends or cloned.", "type")
        .Dutch("Soort relatie")
        .Text("status", 50, "valid …")
        .Dutch("Status")
        .MarkedDeleted()
        .Build();

    public static readonly Entity Entity = new("card_relation", new Endpoint("/card_relation"), [Fact]);
}
