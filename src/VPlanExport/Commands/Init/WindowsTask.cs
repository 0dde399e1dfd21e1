using System.Xml.Linq;

namespace VPlanExport.Commands.Init;

/// <summary>A task as the Windows Task Scheduler imports it, in UTF-16. Source:
/// https://learn.microsoft.com/windows/win32/taskschd/task-scheduler-schema.</summary>
internal static class WindowsTask
{
    private static readonly XNamespace Tasks = "http://schemas.microsoft.com/windows/2004/02/mit/task";

    public static string Render(Schedules.Job job, string program, string folder) =>
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n"
        + new XElement(
            Tasks + "Task",
            new XAttribute("version", "1.2"),
            Element("RegistrationInfo", Element("Description", $"vPlan export, {job.Meaning}")),
            Element("Triggers", Trigger(job)),
            Element(
                "Principals",
                new XElement(
                    Tasks + "Principal",
                    new XAttribute("id", "Author"),
                    Element("UserId", $@"{Environment.UserDomainName}\{Environment.UserName}"),
                    Element("LogonType", "S4U"),
                    Element("RunLevel", "LeastPrivilege")
                )
            ),
            Element(
                "Settings",
                Element("MultipleInstancesPolicy", "IgnoreNew"),
                Element("DisallowStartIfOnBatteries", "false"),
                Element("StopIfGoingOnBatteries", "false"),
                Element("StartWhenAvailable", "true"),
                Element("RunOnlyIfNetworkAvailable", "true"),
                Element("ExecutionTimeLimit", "PT6H")
            ),
            new XElement(
                Tasks + "Actions",
                new XAttribute("Context", "Author"),
                Element(
                    "Exec",
                    Element("Command", program),
                    Element("Arguments", $"{job.Words} --folder \"{folder.TrimEnd('\\')}\""),
                    Element("WorkingDirectory", folder)
                )
            )
        );

    /// <summary>By this machine's clock, from a day in the past on.</summary>
    private static XElement Trigger(Schedules.Job job) =>
        Element(
            "CalendarTrigger",
            Element("StartBoundary", $"2026-01-01T{job.At}:00"),
            Element("Enabled", "true"),
            job.IsWeekly
                ? Element("ScheduleByWeek", Element("WeeksInterval", "1"), Element("DaysOfWeek", Element("Sunday")))
                : Element("ScheduleByDay", Element("DaysInterval", "1"))
        );

    private static XElement Element(string name, params object[] content) => new(Tasks + name, content);
}
