using System.Globalization;

namespace VPlanExport.Sandbox;

/// <summary>Warehouses, items, relations and projects, brought in by the ERP link in one go: they share one second per
/// entity.</summary>
internal sealed class TradeMaker(Workshop shop)
{
    public void Make()
    {
        foreach (
            var (code, name) in (ReadOnlySpan<(string, string)>)[("HOOFD", "Hoofdmagazijn"), ("HAL2", "Magazijn hal 2")]
        )
            MakeWarehouse(code, name);
        for (var i = 0; i < shop.Sizes.Items; i++)
            MakeItem(i);
        for (var i = 0; i < shop.Sizes.Relations; i++)
            MakeRelation(i);
        for (var i = 0; i < shop.Sizes.Projects; i++)
            MakeProject(i);
    }

    private void MakeWarehouse(string code, string name)
    {
        var warehouse = shop.New(Warehouses.Schema, shop.Time.GoLive);
        warehouse[Warehouses.Code] = code;
        warehouse[Warehouses.Name] = name;
        warehouse[Warehouses.ExternalRef] = $"WH-{code}";
        shop.Add(warehouse);
    }

    private void MakeItem(int number)
    {
        var item = shop.New(Items.Schema, shop.Time.GoLive + 60);
        item[Items.Code] = Numbered("ART", number);
        item[Items.Description] = DutchNames.Product(number) + (number < 144 ? "" : $" type {number / 144}");
        item[Items.Type] = number % 4 == 0 ? "material" : "product";
        item[Items.Unit] = number % 6 == 1 ? "m" : "st";
        item[Items.Location] = number % 5 == 0 ? null : $"{(char)('A' + number % 8)}-{number % 40:D2}";
        item[Items.StockManagement] = number % 2 == 0;
        item[Items.ExternalRef] = Numbered("ITM", number);
        shop.Add(item);
    }

    private void MakeRelation(int number)
    {
        var relation = shop.New(TradeRelations.Schema, shop.Time.GoLive + 120);
        relation[TradeRelations.Name] = DutchNames.Firm(number);
        relation[TradeRelations.Description] = DutchNames.Town(number);
        relation[TradeRelations.Type] = number % 9 == 8 ? "supplier" : "customer";
        relation[TradeRelations.Phone] = string.Create(
            CultureInfo.InvariantCulture,
            $"+31 38 {4200000 + number * 37 % 90000}"
        );
        relation[TradeRelations.Email] = string.Create(
            CultureInfo.InvariantCulture,
            $"inkoop@klant{number + 1}.example"
        );
        relation[TradeRelations.Website] =
            number % 3 == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"https://klant{number + 1}.example/");
        relation[TradeRelations.ExternalRef] = Numbered("REL", number);
        shop.Add(relation);
    }

    private void MakeProject(int number)
    {
        var project = shop.New(Projects.Schema, shop.OfficeHour(shop.Time.First.AddDays(shop.Random.Next(500))));
        project[Projects.Name] =
            $"{((string[])["Nieuwbouw", "Renovatie", "Uitbreiding", "Serie"])[number % 4]} {DutchNames.Town(number)}";
        project[Projects.Code] = Numbered("P", number);
        project[Projects.ExternalRef] = Numbered("PRJ", number);
        shop.Add(project);
    }

    private static string Numbered(string prefix, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}-{number + 1:D5}");
}
