using System.Globalization;

namespace VPlanExport.Sandbox;

/// <summary>Resources (people, machines, cells), their users, groups; some have left and are archived.</summary>
internal sealed class PeopleMaker(Workshop shop)
{
    private static readonly string[] Machines =
    [
        "Lasrobot",
        "Kantbank",
        "Laser",
        "Zaagmachine",
        "CNC-draaibank",
        "Freesbank",
    ];

    public void Make()
    {
        for (var i = 0; i < shop.Sizes.Resources + shop.Sizes.Archived; i++)
            MakeResource(i, left: i >= shop.Sizes.Resources);
        for (var i = 0; i < 1 + shop.Sizes.Resources / 10; i++)
            MakeUser(null, 500 + i);
        foreach (
            var (name, keep) in (ReadOnlySpan<(string, string)>)
                [("Vakmensen", "employee"), ("Machinepark", "machine"), ("Cellen", "cell")]
        )
            MakeGroup(name, keep);
    }

    private void MakeResource(int number, bool left)
    {
        var type = left
            ? "employee"
            : (number % 10) switch
            {
                3 or 7 => "machine",
                9 => "cell",
                _ => "employee",
            };
        var resource = shop.New(
            Resources.Schema,
            shop.Time.GoLive,
            shop.OfficeHour(shop.Time.First.AddDays(shop.Random.Next(500)))
        );
        resource[Resources.Type] = type;
        resource[Resources.Name] = NameOf(type, number);
        resource[Resources.ExternalRef] = $"RES-{number + 1:D4}";
        resource[Resources.ColorHex] = $"#{number * 7919 % 0xFFFFFF:x6}";
        resource[Resources.StartDate] = shop.Time.First.AddDays(-400 + number);
        if (number % 5 == 2)
            resource[Resources.Workdays] = """{"1":8,"2":8,"3":8,"4":8,"5":6.5,"6":0,"7":0}""";
        if (number % 7 == 4)
            resource[Resources.Workdays] = """{"1":9,"2":9,"3":0,"4":9,"5":9,"6":0,"7":0}""";
        resource.Links = ActivitiesOf(type);
        if (left)
            Leave(resource, Resources.EndDate);
        shop.Add(resource);
        MakeUser(resource, number);
    }

    private static string NameOf(string type, int number)
    {
        var (first, infix, last) = DutchNames.Person(number);
        return type switch
        {
            "machine" => $"{Machines[number / 2 % Machines.Length]} {number / 10 + 1}",
            "cell" => $"Cel {number / 10 + 1}",
            _ => $"{first[0]}. {infix}{(infix.Length > 0 ? " " : "")}{last}",
        };
    }

    private List<Link> ActivitiesOf(string type) =>
        [
            .. from activity in shop.All(Activities.Schema)
            where activity[Activities.ResourceType].Text == type && (type != "employee" || shop.Chance(60))
            select new Link("activities", activity.Id),
        ];

    private void Leave(SandboxRecord record, Field? endDate)
    {
        var day = shop.Time.Today.AddDays(-60 - shop.Random.Next(200));
        record[record.Schema.ArchivedAt!] = shop.OfficeHour(day);
        record.Updated = record[record.Schema.ArchivedAt!].Number;
        if (endDate is not null)
            record[endDate] = day;
    }

    /// <summary>A user per person, and one per machine: the terminal that stands at it.</summary>
    private void MakeUser(SandboxRecord? resource, int number)
    {
        var isPerson = resource is null || resource[Resources.Type].Text == "employee";
        var (first, infix, last) = isPerson
            ? DutchNames.Person(number)
            : ("Terminal", "", resource![Resources.Name].Text!);
        var user = shop.New(Users.Schema, shop.Time.GoLive);
        var kind = isPerson ? "medewerker" : "terminal";
        var address = string.Create(CultureInfo.InvariantCulture, $"{kind}{number + 1}@devries-metaal.example");
        user[Users.ResourceId] = resource?.Id;
        user[Users.Email] = user[Users.Username] = address;
        user[Users.Firstname] = first;
        user[Users.Infix] = infix.Length == 0 ? null : infix;
        user[Users.Lastname] = last;
        user[Users.Fullname] = user[Users.DisplayName] = string.Join(
            ' ',
            ((string[])[first, infix, last]).Where(part => part.Length > 0)
        );
        user[Users.Role] = resource is null ? "admin" : "member";
        user[Users.Status] = number % 23 == 22 ? "invited" : "active";
        user[Users.IdpId] = shop.Ids.Next();
        if (resource is not null && !resource[Resources.EndDate].IsNull)
        {
            user[Users.Schema.ArchivedAt!] = resource[Resources.Schema.ArchivedAt!];
            user.Updated = resource.Updated;
        }
        shop.Add(user);
    }

    private void MakeGroup(string name, string type)
    {
        var group = shop.New(Groups.Schema, shop.Time.GoLive);
        group[Groups.Name] = name;
        group.Links =
        [
            .. shop.All(Resources.Schema)
                .Where(resource => resource[Resources.Type].Text == type)
                .Select(resource => new Link("resources", resource.Id)),
        ];
        shop.Add(group);
    }
}
