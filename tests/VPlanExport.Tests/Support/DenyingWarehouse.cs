using System.Reflection;
using VPlanExport.Warehouse;
using VPlanExport.Warehouse.SqlServer;

namespace VPlanExport.Tests.Support;

/// <summary>A warehouse whose account lacks the right to delete, as one of its methods finds.</summary>
internal class DenyingWarehouse : DispatchProxy
{
    private IWarehouse _inner = null!;
    private string _denied = "";

    public static IWarehouse Of(IWarehouse inner, string denied)
    {
        var warehouse = Create<IWarehouse, DenyingWarehouse>();
        ((DenyingWarehouse)(object)warehouse)._inner = inner;
        ((DenyingWarehouse)(object)warehouse)._denied = denied;
        return warehouse;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == _denied
            ? Task.FromException(
                SqlServerErrors.While(
                    "going back",
                    "s/d",
                    SqlServerError.Of(
                        229,
                        "The DELETE permission was denied on the object 'dim_card', database 'd', schema 'dw'."
                    ),
                    "u"
                )!
            )
            : targetMethod.Invoke(_inner, args);
}
