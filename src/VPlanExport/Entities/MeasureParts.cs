using VPlanExport.Model;
using static VPlanExport.Model.Formula;
using static VPlanExport.Model.MeasureFormat;
using static VPlanExport.Model.RowCondition;
using static VPlanExport.Model.RowValue;

namespace VPlanExport.Entities;

/// <summary>What the declarations of <see cref="Measures"/> are made of.</summary>
internal static class MeasureParts
{
    public static readonly (string, string) Time = ("Time", "Tijd");
    public static readonly (string, string) Planning = ("Planning", "Planning");
    public static readonly (string, string) Capacity = ("Capacity", "Capaciteit");
    public static readonly (string, string) Work = ("Cards", "Kaarten");
    public static readonly (string, string) BacklogFolder = ("Backlog", "Werkvoorraad");
    public static readonly (string, string) Delivery = ("Delivery", "Levering");
    public static readonly (string, string) Change = ("Plan changes", "Planwijzigingen");
    public static readonly (string, string) Trust = ("Trust", "Betrouwbaarheid");
    public static readonly (string, string) Week = ("Week", "Week");

    public const string Card = "fact_card";
    public const string CardActivity = "fact_card_activity";
    public const string Entry = "fact_time_entry";
    public const string PlannedDay = "fact_planned_day";
    public const string ResourceDay = "fact_resource_day";
    public const string StageDay = "fact_stage_capacity_day";
    public const string Order = "dim_order";
    public const string Collection = "dim_collection";
    public const string PlanChange = "fact_plan_change";
    public const string History = "hist_card";
    public const string Fresh = "freshness";

    public static readonly RowValue Today = new Day("day_offset", 0);
    public static readonly RowValue EndOfLastWeek = new Day("week_offset", -1);

    public static readonly RowCondition Stopped = new IsFalse("is_running");
    public static readonly RowCondition Billable = new Both(
        Stopped,
        new IsTrue(new Related("activity_key", "is_billable"))
    );
    public static readonly RowCondition ToApprove = new Both(
        Stopped,
        new OneOf("status", "draft", "pending", "rejected")
    );
    public static readonly RowCondition OnDone = new Both(Stopped, new Known(new Related("card_key", "completed_at")));
    public static readonly RowCondition Open = new IsFalse("is_completed");
    public static readonly RowCondition Completed = new IsTrue("is_completed");
    public static readonly RowValue Started = new Earlier(
        "start_date",
        new Children(Aggregation.Least, Entry, "card_key", "work_date", Stopped)
    );
    public static readonly RowCondition InProgress = new Both(Open, new AtMost(Started, Today));
    public static readonly RowCondition Unplanned = new Both(
        Open,
        new IsFalse("is_scheduled"),
        new IsNot(new Related("collection_key", "status"), "ignored")
    );
    public static readonly RowCondition WithoutCards = new Both(
        new Is(new Related("collection_key", "status"), "not_planned"),
        new Without("collection_key", Card)
    );
    public static readonly RowCondition RealOrder = new Real("order_key");
    public static readonly RowCondition RealJob = new Real("collection_key");
    public static readonly RowValue JobDone = new When(
        new Same(
            new Children(Aggregation.Count, Card, "collection_key", null),
            new Children(Aggregation.Count, Card, "collection_key", null, Completed)
        ),
        new Children(Aggregation.Greatest, Card, "collection_key", "completed_date")
    );
    public static readonly RowCondition OfCustomer = new Both(
        new Other("relation_key"),
        new Other("collection_key"),
        new IsNot("order_type", "Purchase")
    );
    public static readonly RowCondition Changed = new Is("change_type", "changed");
    public static readonly RowCondition OnChosenDay = new Both(
        new AtMost("valid_from", new ChosenDay()),
        new Either(new Missing("valid_to"), new Before(new ChosenDay(), "valid_to"))
    );
    public static readonly RowCondition OfEntity = new OneOf("table_name", [.. Catalog.All.Select(e => e.Main.Name)]);

    public static Formula Hours(Formula minutes) => new Scaled(minutes, 60);

    public static Aggregate Sum(string table, RowValue value, RowCondition? where = null, string? on = null) =>
        new(Aggregation.Sum, table, value, where, on);

    public static Aggregate Count(string table, RowCondition? where = null, string? on = null) =>
        new(Aggregation.Count, table, null, where, on);

    public static Aggregate Mean(string table, RowValue value, RowCondition? where = null, string? on = null) =>
        new(Aggregation.Average, table, value, where, on);

    public static Aggregate Least(string table, RowValue value, RowCondition? where = null) =>
        new(Aggregation.Least, table, value, where);

    public static Aggregate Greatest(string table, RowValue value, RowCondition? where = null) =>
        new(Aggregation.Greatest, table, value, where);

    /// <summary>By the cards of the chosen boards, stages and collections, which days, activities and changes do not
    /// name.</summary>
    public static Through ByCard(Formula figure) => new(figure, (Card, "card_key"), ("dim_card", "card_key"));

    /// <summary>By the orders of the chosen customers.</summary>
    public static Through ByCustomer(Formula figure) =>
        new(figure, (Order, "collection_key"), (Collection, "collection_key"), OfCustomer);

    /// <summary>By the chosen boards: a collection is no fact that they filter.</summary>
    public static Through ByBoard(Formula figure) => new(figure, ("dim_board", "board_key"), (Collection, "board_key"));

    public static Measure ThisWeek(Measure of, string name, string dutch) => OfWeek(of, name, dutch, "this", 0);

    public static Measure LastWeek(Measure of, string name, string dutch) => OfWeek(of, name, dutch, "last", -1);

    private static Measure OfWeek(Measure of, string name, string dutch, string word, int offset) =>
        new(
            of.Table,
            Week,
            name,
            dutch,
            $"{of.Name} of {word} ISO week, whatever period is chosen.",
            of.Format,
            new During(of, "week_offset", offset)
        );
}
