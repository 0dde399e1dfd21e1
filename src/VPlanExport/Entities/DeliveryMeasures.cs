using VPlanExport.Model;
using static VPlanExport.Entities.MeasureParts;
using static VPlanExport.Model.Formula;
using static VPlanExport.Model.MeasureFormat;
using static VPlanExport.Model.RowCondition;
using static VPlanExport.Model.RowValue;

namespace VPlanExport.Entities;

/// <summary>Orders and collections that were delivered on time or late.</summary>
internal static class DeliveryMeasures
{
    public static readonly MeasureList All = new(Delivery);

    public static readonly Measure OrdersOnTime = All.Add(
        Order,
        "Orders on time",
        "Orders op tijd",
        "Orders delivered on the promised day or before it.",
        MeasureFormat.Count,
        Count(Order, new Both(RealOrder, new AtMost("delivered_date", "promised_date")), "promised_date_key"),
        view: "count(*) FROM bi.delivery WHERE subject = 'order' AND is_on_time = 1"
    );

    public static readonly Measure OrdersLate = All.Add(
        Order,
        "Orders late",
        "Orders te laat",
        "Orders delivered after the promised day, or not delivered although it has passed.",
        MeasureFormat.Count,
        Count(
            Order,
            new Both(RealOrder, new Before("promised_date", new FirstOf("delivered_date", Today))),
            "promised_date_key"
        ),
        view: "count(*) FROM bi.delivery WHERE subject = 'order' AND is_on_time = 0"
    );

    public static readonly Measure OrdersOnTimeShare = All.Add(
        Order,
        "Orders on time share",
        "Aandeel orders op tijd",
        "Orders on time divided by orders on time and late.",
        Percent,
        new Ratio(OrdersOnTime, new Plus(OrdersOnTime, OrdersLate)),
        view: "avg(CASE WHEN is_on_time = 1 THEN 1.0 WHEN is_on_time = 0 THEN 0.0 END) FROM bi.delivery WHERE "
            + "subject = 'order'"
    );

    public static readonly Measure OrderDaysLate = All.Add(
        Order,
        "Order days late",
        "Dagen te laat per order",
        "Average days from promised day to delivery, or to today while open. Less than zero is early.",
        MeasureFormat.Days,
        Mean(Order, new Days("promised_date", new FirstOf("delivered_date", Today)), RealOrder, "promised_date_key"),
        view: "avg(1.0 * days_late) FROM bi.delivery WHERE subject = 'order'"
    );

    public static readonly Measure OrderLeadTime = All.Add(
        Order,
        "Order lead time",
        "Doorlooptijd van orders",
        "Average days from order to delivery, by the day of delivery.",
        MeasureFormat.Days,
        Mean(Order, new Days("order_date", "delivered_date"), RealOrder, "delivered_date_key"),
        view: "avg(1.0 * lead_time_days) FROM bi.delivery WHERE subject = 'order'"
    );

    public static readonly Measure JobsOnTime = All.Add(
        Collection,
        "Collections on time",
        "Collecties op tijd",
        "Collections whose last card was completed on the due date or before it.",
        MeasureFormat.Count,
        ByBoard(Count(Collection, new Both(RealJob, new AtMost(JobDone, "due_date")), "due_date_key")),
        view: "count(*) FROM bi.delivery WHERE subject = 'collection' AND is_on_time = 1"
    );

    public static readonly Measure JobsLate = All.Add(
        Collection,
        "Collections late",
        "Collecties te laat",
        "Collections completed after the due date, or not completed although it has passed.",
        MeasureFormat.Count,
        ByBoard(
            Count(Collection, new Both(RealJob, new Before("due_date", new FirstOf(JobDone, Today))), "due_date_key")
        ),
        view: "count(*) FROM bi.delivery WHERE subject = 'collection' AND is_on_time = 0"
    );

    public static readonly Measure JobsOnTimeShare = All.Add(
        Collection,
        "Collections on time share",
        "Aandeel collecties op tijd",
        "Collections on time divided by collections on time and late.",
        Percent,
        new Ratio(JobsOnTime, new Plus(JobsOnTime, JobsLate)),
        view: "avg(CASE WHEN is_on_time = 1 THEN 1.0 WHEN is_on_time = 0 THEN 0.0 END) FROM bi.delivery WHERE "
            + "subject = 'collection'"
    );

    public static readonly Measure JobDaysLate = All.Add(
        Collection,
        "Collection days late",
        "Dagen te laat per collectie",
        "Average days from due date to completion, or to today while open. Less than zero is early.",
        MeasureFormat.Days,
        ByBoard(Mean(Collection, new Days("due_date", new FirstOf(JobDone, Today)), RealJob, "due_date_key")),
        view: "avg(1.0 * days_late) FROM bi.delivery WHERE subject = 'collection'"
    );

    public static readonly Measure JobLeadTime = All.Add(
        Collection,
        "Collection lead time",
        "Doorlooptijd van collecties",
        "Average days from the day that a collection was made to the day that its last card was completed, by "
            + "the day it was made.",
        MeasureFormat.Days,
        ByBoard(Mean(Collection, new Days("created_date", JobDone), RealJob, "created_date_key")),
        view: "avg(1.0 * lead_time_days) FROM bi.delivery WHERE subject = 'collection'"
    );

    public static readonly Measure Late = All.Add(
        Order,
        "Late",
        "Te laat",
        "Orders and collections that are late.",
        MeasureFormat.Count,
        new Plus(OrdersLate, JobsLate),
        view: "count(*) FROM bi.delivery WHERE is_on_time = 0"
    );

    public static readonly Measure OnTime = All.Add(
        Order,
        "On time",
        "Op tijd",
        "Orders and collections on time divided by those on time and late.",
        Percent,
        new Ratio(new Plus(OrdersOnTime, JobsOnTime), new Plus(new Plus(OrdersOnTime, JobsOnTime), Late)),
        view: "avg(CASE WHEN is_on_time = 1 THEN 1.0 WHEN is_on_time = 0 THEN 0.0 END) FROM bi.delivery"
    );

    public static readonly Measure Ordered = All.Add(
        "fact_order_row",
        "Ordered quantity",
        "Besteld aantal",
        "Quantity over the rows of orders.",
        Amount,
        Sum("fact_order_row", "quantity")
    );

    public static readonly Measure Delivered = All.Add(
        "fact_order_row",
        "Delivered quantity",
        "Geleverd aantal",
        "Delivered quantity over the rows of orders.",
        Amount,
        Sum("fact_order_row", "quantity_delivered")
    );

    public static readonly Measure BackOrdered = All.Add(
        "fact_order_row",
        "Quantity in back order",
        "Aantal in nalevering",
        "Quantity in back order over the rows of orders.",
        Amount,
        Sum("fact_order_row", "quantity_backorder")
    );
}
