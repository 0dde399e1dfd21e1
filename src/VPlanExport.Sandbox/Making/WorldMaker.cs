namespace VPlanExport.Sandbox;

/// <summary>Lays out the data of a Dutch manufacturer, configuration first, so that every reference points at something
/// made before.</summary>
internal sealed class WorldMaker(SandboxWorld world, SandboxOptions options)
{
    public void Make()
    {
        var shop = new Workshop(world, options);
        new BoardMaker(shop).Make();
        new PeopleMaker(shop).Make();
        new ScheduleMaker(shop).Make();
        new TradeMaker(shop).Make();
        new PlanMaker(shop).Make();
        new TimeMaker(shop).Make();
        new ExtrasMaker(shop).Make();
    }
}
