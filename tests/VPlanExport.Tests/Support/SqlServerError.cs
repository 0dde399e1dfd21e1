using System.Reflection;
using Microsoft.Data.SqlClient;

namespace VPlanExport.Tests.Support;

/// <summary>An error of SQL Server; SqlClient lets nobody else make one.</summary>
internal static class SqlServerError
{
    public static SqlException Of(int number, string message, byte severity = 14)
    {
        const BindingFlags Hidden = BindingFlags.NonPublic | BindingFlags.Instance;
        var make = typeof(SqlError).GetConstructors(Hidden).OrderBy(c => c.GetParameters().Length).First();
        var values = make.GetParameters()
            .Select(p =>
                p.Name switch
                {
                    "infoNumber" => number,
                    "errorMessage" => message,
                    "errorClass" => severity,
                    _ => p.ParameterType == typeof(string) ? ""
                    : p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType)
                    : null,
                }
            );
        var errors = (SqlErrorCollection)Activator.CreateInstance(typeof(SqlErrorCollection), nonPublic: true)!;
        typeof(SqlErrorCollection).GetMethod("Add", Hidden)!.Invoke(errors, [make.Invoke([.. values])]);
        return (SqlException)
            typeof(SqlException)
                .GetMethod(
                    "CreateException",
                    BindingFlags.NonPublic | BindingFlags.Static,
                    [typeof(SqlErrorCollection), typeof(string)]
                )!
                .Invoke(null, [errors, "16.0"])!;
    }
}
