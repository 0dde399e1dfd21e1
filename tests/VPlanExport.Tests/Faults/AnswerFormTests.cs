using System.IO.Compression;
using System.Text;
using VPlanExport.Extract;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Faults;

/// <summary>Answers as PHP and proxies write them: read right where they mean the same, and refused once where they stay no answer.</summary>
[Trait("Tier", "scenario")]
public sealed class AnswerFormTests
{
    [Theory]
    [InlineData(CountForm.Fraction, PersonalDataMode.Keep)]
    [InlineData(CountForm.Exponent, PersonalDataMode.Omit)]
    public async Task Marks_counts_and_numbered_lists_in_the_forms_of_php_change_nothing(
        CountForm count,
        PersonalDataMode personal
    )
    {
        SandboxOptions? options = null;
        await using var house = await TestExport.OpenAsync(o =>
            options = o with { ByteOrderMark = true, CountForm = count, NumberedData = true }
        );
        house.Settings = house.Settings with { PersonalData = new PersonalDataPolicy(personal) };

        await house.NightlyAsync();

        (options!.ByteOrderMark, options.CountForm, options.NumberedData) = (false, CountForm.Number, false);
        await house.SinksAgreeAsync();
        house
            .Warehouse("SELECT count(*) FROM dw.fact_time_entry")
            .Should()
            .Equal($"{house.World.Records("time_tracking").Count()}");
        house.Warehouse("SELECT count(*) FROM dw.bridge_card_label").Should().NotContain("0");
        if (personal == PersonalDataMode.Keep)
            await house.BothSinksEqualVPlanAsync();
    }

    [Theory]
    [InlineData(
        "/me",
        "<br />\n<b>Warning</b>:  Undefined array key in <b>/app/me.php</b> on line <b>7</b><br />\n{\"environment\":{}}",
        "vPlan's PHP printed 'Warning"
    )]
    [InlineData("/item", "<br />\n<b>Notice</b>: Undefined index<br />{\"count\":0,\"data\":[]}", "PHP printed")]
    [InlineData(
        "/item",
        "{\"count\":0,\"data\":[]}\n<br />\n<b>Deprecated</b>: strlen()",
        "behind its JSON stands '<br />"
    )]
    [InlineData("/item", "{\"count\":1,\"data\":{\"items\":[]}}", "names such as 'items'")]
    [InlineData("/item", "{\"count\":1,\"data\":null}", "not a list")]
    [InlineData("/item", "{\"message\":\"fine\"}", "not a list")]
    [InlineData("/item", "[]", "not a list")]
    [InlineData(
        "/item",
        "{\"errors\":[{\"code\":7,\"message\":\"No such thing\"}]}",
        "it is an error, not a list: 7: No such thing"
    )]
    [InlineData("/item", "{\"data\":[]}", "carries no count")]
    [InlineData("/item", "{\"count\":null,\"data\":[]}", "carries no count")]
    [InlineData("/item", "{\"count\":-1,\"data\":[]}", "its count is '-1'")]
    [InlineData("/item", "{\"count\":\"many\",\"data\":[]}", "its count is 'many'")]
    [InlineData("/item", "{\"count\":1e300,\"data\":[]}", "its count is '1e300'")]
    [InlineData("/item", "{\"count\":1,\"data\":[null]}", "is not an object")]
    [InlineData("/item", "{'count': 0}", "not JSON")]
    public async Task An_answer_that_stays_no_answer_is_refused_once_by_name(string path, string body, string why)
    {
        await using var house = await TestExport.OpenAsync();
        house.VPlan.Faults = FaultSchedule.When(request =>
            request.Path == path ? new Fault(FaultKind.Other) { Body = Encoding.UTF8.GetBytes(body) } : null
        );

        var outcome = (await house.InvokeAsync("run", "--entity", "item"))
            .ShouldBe(ExitCode.Contract)
            .Naming($"answer to {path} cannot be read", why, "run resumes");

        outcome.Errors.Should().NotContain("later");
        house.VPlan.Requests.Should().ContainSingle(r => r.PathAndQuery.StartsWith(path, StringComparison.Ordinal));
        house.VPlan.Faults = FaultSchedule.None;
        (await house.InvokeAsync("run", "--entity", "item")).ShouldBe(ExitCode.Ok);
        (await house.AllRunsAsync()).Should().ContainSingle("the run resumes");
    }

    [Fact]
    public async Task Text_that_is_not_utf_8_and_what_is_compressed_unsaid_is_named()
    {
        await using var house = await TestExport.OpenAsync();
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write("{}"u8);
        foreach (
            var (body, why) in new[]
            {
                (Encoding.Unicode.GetBytes("\uFEFF{}"), "UTF-16"),
                (Encoding.BigEndianUnicode.GetBytes("{}"), "UTF-16"),
                (Encoding.UTF32.GetBytes("{}"), "UTF-32"),
                (zipped.ToArray(), "gzip"),
            }
        )
        {
            house.VPlan.Faults = FaultSchedule.When(_ => new Fault(FaultKind.Other) { Body = body });
            (await house.InvokeAsync("run")).ShouldBe(ExitCode.Contract).Naming("/me", why);
        }
        house.VPlan.Requests.Should().HaveCount(4);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("text/plain")]
    public async Task The_body_decides_whatever_its_content_type_says(string type)
    {
        await using var house = await TestExport.OpenAsync();
        house.VPlan.Faults = FaultSchedule.When(request =>
            request.Path == "/item"
                ? new Fault(FaultKind.Other)
                {
                    ContentType = type,
                    Body = """{"count":1,"data":[{"id":"i-1","created_at":"2026-01-05T08:00:00Z"}]}"""u8.ToArray(),
                }
                : null
        );

        (await house.InvokeAsync("run", "--entity", "item")).ShouldBe(ExitCode.Ok);

        house.Warehouse("SELECT item_id FROM dw.dim_item WHERE item_id LIKE 'i-%'").Should().Equal("i-1");
    }

    [Theory]
    [InlineData("text/plain", "The gateway has no route", ExitCode.Contract, "starts with 'The gateway has no route'")]
    [InlineData("application/xml", "<?xml version=\"1.0\"?><fault/>", ExitCode.Contract, "application/xml")]
    [InlineData("text/html", "We zijn zo terug", ExitCode.SourceUnavailable, "later")]
    [InlineData("application/json", "<!DOCTYPE html><html></html>", ExitCode.SourceUnavailable, "later")]
    [InlineData(
        "application/json",
        "<br />\n<b>Fatal error</b>:  Allowed memory size of 134217728 bytes exhausted (tried to allocate 20480 bytes) in x",
        ExitCode.SourceUnavailable,
        "Allowed memory size"
    )]
    public async Task What_is_no_json_at_all_is_refused_or_asked_again_by_what_it_is(
        string type,
        string body,
        ExitCode code,
        string why
    )
    {
        await using var house = await TestExport.OpenAsync();
        house.VPlan.Faults = FaultSchedule.When(_ => new Fault(FaultKind.Other)
        {
            ContentType = type,
            Body = Encoding.UTF8.GetBytes(body),
        });
        (await house.InvokeAsync("run")).ShouldBe(code).Naming("/me", why);
    }
}
