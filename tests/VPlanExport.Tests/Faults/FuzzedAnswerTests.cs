using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CsCheck;
using VPlanExport.Entities;
using VPlanExport.Extract;
using VPlanExport.Extract.Http;
using VPlanExport.Extract.Paging;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Extract;
using VPlanExport.Tests.Transform;
using VPlanExport.Transform.Parsing;

namespace VPlanExport.Tests.Faults;

/// <summary>vPlan's answers with something wrong in them: refused, or every row that is made of them is one that was counted.</summary>
[Trait("Tier", "unit")]
public sealed class FuzzedAnswerTests
{
    private static readonly Dictionary<long, RowPosition> Once = [];

    public static TheoryData<string> Entities =>
        [.. Catalog.All.Where(e => e.Endpoint is { Per: null, Unnest: null }).Select(e => e.Name)];

    [Theory]
    [MemberData(nameof(Entities))]
    public async Task A_page_is_read_as_it_was_scanned_or_refused(string name)
    {
        var entity = Catalog.Named(name);
        var page = await PageAsync(entity);

        Gen.OneOf(Mutated.Bytes(page), Mutated.Json(Encoding.UTF8.GetString(page)).Select(Encoding.UTF8.GetBytes))
            .Sample(
                json =>
                {
                    if (Scan(json) is not { } scan)
                        return;
                    var reader = new PageReader(entity, Transform.ParsedRecords.Run, Once);
                    reader.ReadPage(json, 1, Transform.ParsedRecords.ReadAt);
                    var rows = reader.Batches.Single(b => b.Table == entity.Main);
                    var scanned = scan.Rows.Select(row => SurrogateKey.Of(entity.Main.KeyEntity!, row.Id)).ToHashSet();
                    Enumerable.Range(0, rows.Count).Select(rows.Key).Should().BeSubsetOf(scanned);
                    reader.Records.Should().BeGreaterThanOrEqualTo(scan.Rows.Count);
                    (rows.Count + reader.Rejects.Count(r => r.Subject == entity.Main.KeyEntity))
                        .Should()
                        .Be((int)reader.Records);
                },
                iter: 400
            );
    }

    [Fact]
    public void What_vplan_says_of_an_error_never_is_one() =>
        Mutated
            .Bytes(
                """{"reference":"r-7","errors":[{"code":10005,"message":"Memory Exhausted","description":"caf\u00e9"}]}"""u8.ToArray()
            )
            .Sample(json => VPlanError.Parse(json).Text.Should().NotBeNull(), iter: 5000);

    [Fact]
    public async Task What_vplan_says_of_the_key_is_understood_or_refused() =>
        await Mutated
            .Bytes("""{"environment":{"name":"Acme \u00e9"},"features":["planning","time"]}"""u8.ToArray())
            .SampleAsync(
                async json =>
                {
                    using var some = new Some();
                    using var client = await some.ClientAsync(Some.Settings, Answer(json));
                    try
                    {
                        (
                            await new Extractor(client, PersonalDataPolicy.Kept, some.Time).MeAsync(
                                TestContext.Current.CancellationToken
                            )
                        )
                            .Features.Should()
                            .NotBeNull();
                    }
                    catch (ExportException e) when (e is SourceUnavailableException or UnreadableAnswerException)
                    {
                        e.Message.Should().Contain("/me");
                    }
                },
                iter: 300
            );

    [Fact]
    public async Task Whatever_the_headers_say_about_waiting_an_answer_is_an_answer() =>
        await Gen.Select(
                Gen.OneOfConst("Retry-After", "RateLimit-Reset", "RateLimit-Remaining", "Date"),
                Gen.OneOf(
                    Gen.Long.Select(n => $"{n}"),
                    Gen.Int[-5, 900].Select(n => $"{n}"),
                    Gen.String[Gen.Char[' ', '~'], 0, 20]
                )
            )
            .Array[1, 4]
            .SampleAsync(
                async headers =>
                {
                    using var some = new Some();
                    using var client = await some.ClientAsync(Some.Settings, Some.Status(429, headers), Some.Page());
                    try
                    {
                        await client.GetAsync(
                            "/card",
                            2,
                            (reply, token) => PageScanner.ScanAsync(reply.Body(Stream.Null), "created_at", token),
                            null,
                            CancellationToken.None
                        );
                    }
                    catch (ExportException e)
                    {
                        e.Message.Should().Contain("/card");
                    }
                },
                iter: 500
            );

    private static PageScan? Scan(byte[] json)
    {
        try
        {
            return PageScanner
                .ScanAsync(new MemoryStream(json), "created_at", CancellationToken.None)
                .GetAwaiter()
                .GetResult();
        }
        catch (Exception e) when (e is TransientException or UnreadableException or PageTooLargeException)
        {
            e.Message.Should().NotBeEmpty();
            return null;
        }
    }

    /// <summary>A few real rows, so that a change hits something.</summary>
    private static async Task<byte[]> PageAsync(Entity entity)
    {
        await using var server = await VPlanExport.Sandbox.SandboxServer.StartAsync(
            new() { Size = VPlanExport.Sandbox.SandboxSize.Tiny },
            TestContext.Current.CancellationToken
        );
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-Api-Key", "sandbox-key");
        http.DefaultRequestHeaders.Add("X-Api-Env", "sandbox");
        var question = ListRequest.Of(entity.Endpoint, new Window.Full()) with { Limit = 3 };
        return await http.GetByteArrayAsync(server.BaseUrl + question.Url);
    }

    private static Func<HttpResponseMessage> Answer(byte[] json) =>
        () =>
        {
            var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(json) };
            answer.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            return answer;
        };
}
