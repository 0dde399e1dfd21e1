using VPlanExport.Model;
using static VPlanExport.Model.TableBuilder;

namespace VPlanExport.Entities;

/// <summary>A process step of a board (A:`stage-377740f0`).</summary>
internal static class Stages
{
    public static readonly Table Dim = Dimension("dim_stage", "stage", "One row per stage of a board.")
        .Titled("Fase")
        .Ref("board_key", Boards.Dim.Name, "board", "board_id", "The board the stage belongs to.")
        .Text("name", 255, "Name of the process step.")
        .Dutch("Naam")
        .Int32("sequence", "Order on the board, from 0.", "priority")
        .Dutch("Volgorde")
        .Bool("has_capacity_notification", "The stage warns about its load.", "capacity_notification")
        .Dutch("Waarschuwt bij belasting")
        .Int32("capacity_notification_min", "Lower end of the load band.", unit: "percent")
        .Dutch("Belasting vanaf")
        .Int32("capacity_notification_max", "Upper end of the load band.", unit: "percent")
        .Dutch("Belasting tot en met")
        .Int32("delay_days", "Gap to the next stage when planning.", "delay_day", "days")
        .Dutch("Dagen wachttijd")
        .Int32("efficiency_percent", "100 is normal.", "efficiency", "percent")
        .Dutch("Efficiëntie")
        .Int32("default_percent", "Share of a resource that is given to the stage.", "default_percentage", "percent")
        .Dutch("Standaardaandeel")
        .Bool("is_independent", "The stage is planned apart from the others.", "independent")
        .Dutch("Onafhankelijk")
        .MarkedDeleted()
        .Build();

    public static readonly Entity Entity = new("stage", new Endpoint("/stage"), [Dim])
    {
        IgnoredProperties = ["activities"],
    };
}
