using VPlanExport.Model;
using static VPlanExport.Model.TableBuilder;

namespace VPlanExport.Entities;

/// <summary>A named set of boards. Its full schema is not documented (gaps E16).</summary>
internal static class Spaces
{
    public static readonly Table Dim = Dimension("dim_space", "space", "One row per space.")
        .Titled("Ruimte")
        .Text("name", 255, "Name of the space.")
        .Dutch("Naam")
        .MarkedDeleted()
        .Build();

    public static readonly Table BoardBridge = Bridge(
            "bridge_space_board",
            "space_board",
            "One row per board in a space.",
            "boards",
            Dim
        )
        .Titled("Bord van ruimte")
        .FiltersBack("board_key")
        .Ref("board_key", Boards.Dim.Name, "board", "id", "The board.")
        .Build();

    public static readonly Entity Entity = new(
        "space",
        new Endpoint("/space") { With = ["boards"] },
        [Dim, BoardBridge]
    );
}
