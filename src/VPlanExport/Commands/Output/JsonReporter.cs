using System.Text.Encodings.Web;
using System.Text.Json;
using VPlanExport.Runs;

namespace VPlanExport.Commands.Output;

/// <summary>One JSON object a line: <c>time</c>, <c>event</c> and the event's own fields.</summary>
internal sealed class JsonReporter(TextWriter output, TimeProvider clock) : Reporter
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Lock _lock = new();

    public override void Tell(RunEvent happened)
    {
        switch (happened)
        {
            case RunEvent.Started e:
                Write(
                    "phase",
                    new
                    {
                        e.RunId,
                        e.Phase,
                        e.Detail,
                    }
                );
                break;
            case RunEvent.PagesRead e:
                Write("reading", e.Progress);
                break;
            case RunEvent.Read e:
                Write("read", new { e.Entity, e.Certificate });
                break;
            case RunEvent.Info e:
                Write("info", new { e.Message });
                break;
            case RunEvent.Warning e:
                Write("warning", new { e.Message });
                break;
        }
    }

    public override bool ShowsWarningsApart => true;

    public override void Show<T>(string name, T fields, Action<TextWriter> asText) => Write(name, fields);

    public override void Conclude(string text) { }

    private void Write<T>(string name, T fields)
    {
        var line = JsonSerializer.SerializeToNode(fields, Options)!.AsObject();
        line.Insert(0, "time", clock.GetUtcNow().UtcDateTime);
        line.Insert(1, "event", name);
        lock (_lock)
            output.WriteLine(line.ToJsonString(Options));
    }
}
