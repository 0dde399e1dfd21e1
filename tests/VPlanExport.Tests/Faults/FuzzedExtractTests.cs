using System.Net;
using System.Text;
using CsCheck;
using VPlanExport.Entities;
using VPlanExport.Extract;
using VPlanExport.Extract.Http;
using VPlanExport.Package;
using VPlanExport.Storage;
using VPlanExport.Tests.Extract;
using VPlanExport.Tests.Storage;

namespace VPlanExport.Tests.Faults;

/// <summary>Whatever PHP, a proxy or a clock does to an answer: an entity is read right, or refused by name, within so many requests.</summary>
[Trait("Tier", "unit")]
public sealed class FuzzedExtractTests
{
    private const int MostRequests = 1_000;
    private const string Mark = "\uFEFF";
    private const string Row = """{"id":"a","created_at":"2026-01-05T08:00:00Z"}""";
    private const string OtherRow = """{"id":"b"}""";
    private static readonly string[] Nothing = ["", Mark, Mark + Mark, "\r\n" + Mark, " \n"];
    private static readonly string[] Two = ["2", "\"2\"", "2.0", "\"2.0\"", "2e0", "20e-1"];
    private static readonly string[] Lists =
    [
        $"[{Row},{OtherRow}]",
        $$"""{"0":{{Row}},"7":{{OtherRow}} }""",
        $$"""{"3":{{Row}},"1":{{OtherRow}} }""",
    ];

    private static readonly Gen<string> Before = Gen.OneOf(
        Gen.OneOfConst(Nothing),
        Gen.OneOfConst(
            "<br />\n<b>Warning</b>:  x in y on line <b>3</b><br />\n",
            "<!DOCTYPE html>",
            "PHP Notice: x",
            "\0",
            "null",
            "{}",
            "\u001f\u008b",
            "<?xml version=\"1.0\"?>",
            ")]}',\n"
        )
    );
    private static readonly Gen<string> Behind = Gen.OneOf(
        Gen.OneOfConst(Nothing),
        Gen.OneOfConst("<br />", "{}", "\0", "]")
    );
    private static readonly Gen<string?> Counts = Gen.OneOf(
        Gen.OneOfConst<string?>(Two),
        Gen.OneOfConst<string?>(
            null,
            "null",
            "true",
            "-1",
            "2.5",
            "\"\"",
            "\"many\"",
            "[]",
            "{}",
            "9223372036854775808",
            "1e999",
            "0",
            "3",
            "2,\"count\":3"
        )
    );
    private static readonly Gen<string?> Data = Gen.OneOf(
        Gen.OneOfConst<string?>(Lists),
        Gen.OneOfConst<string?>(
            null,
            "null",
            "7",
            "\"x\"",
            "{}",
            "[]",
            "[7]",
            "[[]]",
            $$"""{"items":[{{Row}}]}""",
            Row,
            "[null]",
            new string('[', 200)
        )
    );
    private static readonly Gen<string?> Types = Gen.OneOfConst<string?>(
        null,
        "application/json",
        "application/json; charset=utf-8",
        "text/html",
        "text/plain",
        "application/octet-stream",
        "json;;;"
    );

    private static readonly Gen<(string Name, string Value)> Headers = Gen.Select(
        Gen.OneOfConst(
            "Retry-After",
            "RateLimit-Reset",
            "RateLimit-Remaining",
            "RateLimit-Limit",
            "Date",
            "Deprecated",
            "Age"
        ),
        Gen.OneOf(
            Gen.Long.Select(n => $"{n}"),
            Gen.Int[-5, 900].Select(n => $"{n}"),
            Gen.Double.Select(n => $"{n}"),
            Gen.String[Gen.Char[' ', '~'], 0, 20],
            Gen.OneOfConst(
                "",
                "Mon, 01 Jan 0001 00:00:00 GMT",
                "Fri, 31 Dec 9999 23:59:59 GMT",
                "Thu, 01 Jan 1970 00:00:00 GMT",
                "now",
                "-1",
                "0",
                "1e400",
                "1.5",
                "1791334860000",
                "12, 13",
                "12;w=1"
            )
        )
    );

    private static readonly Gen<HttpStatusCode> Statuses = Gen.OneOfConst([
        .. Enumerable.Repeat(HttpStatusCode.OK, 40),
        HttpStatusCode.Accepted,
        HttpStatusCode.NotModified,
        HttpStatusCode.TooManyRequests,
        HttpStatusCode.BadGateway,
        HttpStatusCode.Gone,
        (HttpStatusCode)599,
    ]);

    [Fact]
    public async Task An_answer_is_read_right_or_refused_by_name() =>
        await Gen.Select(Gen.Select(Before, Behind, Counts, Data), Types, Headers.Array[0, 3], Statuses)
            .SampleAsync(
                async sample =>
                {
                    var ((before, behind, count, data), type, headers, status) = sample;
                    var page =
                        $$"""{"limit":1000{{(count is null ? "" : $",\"count\":{count}")}}{{(data is null ? "" : $",\"data\":{data}")}}}""";
                    var isGood =
                        Nothing.Contains(before)
                        && Nothing.Contains(behind)
                        && Two.Contains(count)
                        && Lists.Contains(data)
                        && (int)status / 100 == 2;

                    var (ids, requests, refusal) = await ReadAsync(
                        Encoding.UTF8.GetBytes(before + page + behind),
                        type,
                        headers,
                        status
                    );

                    requests
                        .Should()
                        .BeInRange(
                            isGood || refusal is UnreadableAnswerException ? 1 : 0,
                            isGood || refusal is UnreadableAnswerException ? 1 : MostRequests
                        );
                    if (isGood)
                        ids.Should().Equal("a", "b");
                    else
                        ids?.Should().BeSubsetOf(Lists.Contains(data) ? new[] { "a", "b" } : []);
                },
                iter: 1_500
            );

    [Fact]
    public async Task An_answer_of_which_some_bytes_are_others_is_read_or_refused_by_name() =>
        await Gen.Select(
                Mutated.Bytes(Encoding.UTF8.GetBytes($$"""{"count":2,"limit":1000,"offset":0,"data":{{Lists[0]}}}""")),
                Types,
                Headers.Array[0, 2]
            )
            .SampleAsync(
                async answer =>
                    (await ReadAsync(answer.Item1, answer.Item2, answer.Item3, HttpStatusCode.OK))
                        .Requests.Should()
                        .BeLessThanOrEqualTo(MostRequests),
                iter: 500
            );

    /// <summary>What a whole read of items brings when each of its answers is this one.</summary>
    private static async Task<(IReadOnlyCollection<string>? Ids, int Requests, ExportException? Refusal)> ReadAsync(
        byte[] body,
        string? type,
        (string Name, string Value)[] headers,
        HttpStatusCode status
    )
    {
        using var some = new Some();
        using var folder = new TempFolder();
        var run = new FolderStore(folder.Path);
        using var client = await some.ClientAsync(
            Some.Settings with
            {
                MaxAttempts = 3,
            },
            () => Answer(body, type, headers, status)
        );
        try
        {
            var extract = await new Extractor(client, PersonalDataPolicy.Kept, some.Time).ExtractAsync(
                Items.Entity,
                new Window.Full(),
                run,
                parentIds: null,
                cancellationToken: TestContext.Current.CancellationToken
            );
            return (
                extract.Unavailable is null
                    ? [.. await Extractor.LandedIdsAsync(extract.Entity, run, TestContext.Current.CancellationToken)]
                    : null,
                some.Sent.Count,
                null
            );
        }
        catch (ExportException e)
        {
            e.ExitCode.Should().NotBe(ExitCode.Bug);
            e.Message.Should().Contain("/item");
            return (null, some.Sent.Count, e);
        }
    }

    private static HttpResponseMessage Answer(
        byte[] body,
        string? type,
        (string Name, string Value)[] headers,
        HttpStatusCode status
    )
    {
        var answer = new HttpResponseMessage(status) { Content = new ByteArrayContent(body) };
        if (type is not null)
            answer.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        foreach (var (name, value) in headers)
            answer.Headers.TryAddWithoutValidation(name, value);
        return answer;
    }
}
