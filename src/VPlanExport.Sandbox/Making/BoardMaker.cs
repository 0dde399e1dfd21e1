using System.Globalization;
using System.Text.Json.Nodes;

namespace VPlanExport.Sandbox;

/// <summary>Boards with stages, statuses, labels and custom fields; activities; a space; warehouses.</summary>
internal sealed class BoardMaker(Workshop shop)
{
    public static readonly string[] Names =
    [
        "Lasserij",
        "Montage",
        "Plaatwerk",
        "Verspaning",
        "Interieurbouw",
        "Engineering",
        "Service & onderhoud",
        "Poedercoaten",
        "Hal 2 Lasserij",
        "Hal 2 Montage",
        "Proefstukken",
        "Expeditie",
    ];

    private static readonly (string Name, string Type, int Minutes, int Rate)[] Steps =
    [
        ("Werkvoorbereiding", "employee", 120, 72),
        ("Zagen", "machine", 90, 58),
        ("Lasersnijden", "machine", 60, 95),
        ("Kanten", "machine", 90, 78),
        ("Lassen", "employee", 480, 65),
        ("Slijpen", "employee", 180, 55),
        ("Poedercoaten", "cell", 240, 60),
        ("Monteren", "employee", 360, 62),
        ("Inpakken", "employee", 60, 45),
        ("Transport", "employee", 120, 52),
        ("Draaien", "machine", 150, 82),
        ("Frezen", "machine", 200, 85),
    ];

    private static readonly (string Name, string Color)[] StatusNames =
    [
        ("Te doen", "grey"),
        ("Bezig", "skyblue"),
        ("Wacht op materiaal", "orange"),
        ("Gereed", "green"),
    ];

    private static readonly (string Name, string Color)[] LabelNames =
    [
        ("Spoed", "ruby"),
        ("Garantie", "navy"),
        ("Uitbesteed", "orange"),
        ("Prototype", "purple"),
    ];

    public void Make()
    {
        foreach (var step in Steps)
            MakeActivity(step, archived: false);
        MakeActivity(("Handlakken", "employee", 240, 50), archived: true);
        for (var i = 0; i < shop.Sizes.Boards; i++)
            MakeBoard(i, archived: false);
        MakeBoard(shop.Sizes.Boards, archived: true);
        var space = shop.New(Spaces.Schema, shop.Time.GoLive);
        space[Spaces.Name] = "Productie";
        space.Links = [.. shop.All(Boards.Schema).Select(board => new Link("boards", board.Id))];
        shop.Add(space);
    }

    private void MakeActivity((string Name, string Type, int Minutes, int Rate) step, bool archived)
    {
        var number = shop.All(Activities.Schema).Count;
        var activity = shop.New(Activities.Schema, shop.Time.GoLive);
        activity[Activities.Description] = step.Name;
        activity[Activities.Code] = number % 4 == 3 ? "" : ((number + 1) * 10).ToString(CultureInfo.InvariantCulture);
        activity[Activities.ExternalRef] = $"OP-{(number + 1) * 10}";
        activity[Activities.ResourceType] = step.Type;
        activity[Activities.DefaultDuration] = step.Minutes;
        activity[Activities.DayMaxDuration] = step.Minutes > 240 ? 480 : 0;
        activity[Activities.Billable] = step.Name is not ("Werkvoorbereiding" or "Inpakken");
        activity[Activities.HourlyRate] = step.Rate;
        if (archived)
            activity[Activities.Schema.ArchivedAt!] = shop.OfficeHour(shop.Time.First.AddDays(90));
        shop.Add(activity);
    }

    private void MakeBoard(int number, bool archived)
    {
        var board = shop.New(
            Boards.Schema,
            shop.Time.GoLive,
            shop.OfficeHour(shop.Time.First.AddDays(shop.Random.Next(400)))
        );
        board[Boards.Name] =
            !archived ? Names[number]
            : shop.HasOddTexts ? "Oude hal (\"vervallen\")"
            : "Oude hal";
        board[Boards.Color] = ((string[])["teal", "navy", "orange", "green", "purple", "ruby"])[number % 6];
        board[Boards.SplitByActivity] = number % 2 == 0;
        board[Boards.CapacityMethod] = number % 3 == 1 ? "remaining_time" : "estimated_time";
        board[Boards.DependencyBehavior] = number % 2 == 0 ? "notify" : "push";
        board[Boards.CustomFields] = CustomFieldsOf(board).ToJsonString(RecordWriter.Relaxed);
        if (archived)
            board[Boards.Schema.ArchivedAt!] = board.Updated;
        shop.Add(board);
        for (var i = 0; i < StatusNames.Length; i++)
            MakeStatus(board, i);
        for (var i = 0; i < LabelNames.Length; i++)
            MakeLabel(board, i);
        for (var i = 0; i < 4 + number % 3; i++)
            MakeStage(board, i, number);
    }

    private void MakeStatus(SandboxRecord board, int i)
    {
        var status = shop.New(Statuses.Schema, board.Created);
        status[Statuses.BoardId] = board.Id;
        status[Statuses.Name] = StatusNames[i].Name;
        status[Statuses.Color] = StatusNames[i].Color;
        status[Statuses.Priority] = i;
        status[Statuses.Entry] = i == 0;
        status[Statuses.Exit] = i == StatusNames.Length - 1;
        shop.Add(status);
    }

    private void MakeLabel(SandboxRecord board, int i)
    {
        var label = shop.New(Labels.Schema, board.Created);
        label[Labels.BoardId] = board.Id;
        label[Labels.Name] = LabelNames[i].Name;
        label[Labels.Color] = LabelNames[i].Color;
        label[Labels.Priority] = i;
        shop.Add(label);
    }

    /// <summary>A stage serves two steps of the shop, so that the boards' stages overlap in activities.</summary>
    private void MakeStage(SandboxRecord board, int i, int boardNumber)
    {
        var step = (boardNumber + i * 2) % Steps.Length;
        var stage = shop.New(Stages.Schema, board.Created);
        stage[Stages.BoardId] = board.Id;
        stage[Stages.Name] = Steps[step].Name;
        stage[Stages.Priority] = i;
        stage[Stages.CapacityNotification] = i % 2 == 0;
        stage[Stages.DelayDay] = i == 0 ? 0 : i % 2;
        stage[Stages.Efficiency] = i % 3 == 2 ? 90 : 100;
        var activities = shop.All(Activities.Schema);
        stage.Links =
        [
            new Link("activities", activities[step].Id),
            new Link("activities", activities[(step + 1) % Steps.Length].Id),
        ];
        shop.Add(stage);
    }

    private JsonArray CustomFieldsOf(SandboxRecord board) =>
        [
            CustomField(board, CustomValues.Weight, "card", "number", 0),
            CustomField(board, CustomValues.Finish, "collection", "select", 1),
            CustomField(board, CustomValues.Drawing, "collection", "text", 2),
        ];

    private JsonObject CustomField(SandboxRecord board, string name, string scope, string type, int priority)
    {
        var stamp = CellText.Of(FieldType.Timestamp, Cell.Of(board.Created));
        var field = new JsonObject
        {
            ["id"] = shop.Ids.Next(),
            ["name"] = name,
            ["scope"] = scope,
            ["type"] = type,
            ["priority"] = priority,
            ["board_id"] = board.Id,
        };
        if (type == "select")
            field["options"] = JsonNode.Parse(CustomValues.FinishOptions);
        field["created_at"] = stamp;
        field["updated_at"] = stamp;
        return field;
    }
}
