using VPlanExport.Configuration;
using VPlanExport.Entities;
using VPlanExport.Storage;
using VPlanExport.Tests.Storage;
using VPlanExport.Warehouse.DuckDb;

namespace VPlanExport.Tests.Configuration;

[Trait("Tier", "unit")]
public sealed class SettingsReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string, string> Ranges =>
        new()
        {
            { "VPlan:RequestsPerDay", "0" },
            { "VPlan:RequestsPerDay", "many" },
            { "VPlan:Concurrency", "0" },
            { "VPlan:Concurrency", "17" },
            { "VPlan:KeyAgeDays", "0" },
            { "VPlan:KeyAgeDays", "3651" },
            { "VPlan:PageSize", "0" },
            { "VPlan:PageSize", "1001" },
            { "VPlan:PageSize", "1,000" },
            { "VPlan:OverlapMinutes", "4" },
            { "VPlan:OverlapMinutes", "1441" },
            { "VPlan:MaxBodyMegabytes", "0" },
            { "VPlan:MaxBodyMegabytes", "4097" },
            { "VPlan:TimeZone", "Europe/Nowhere" },
            { "VPlan:BaseUrl", "api.vplan.com" },
            { "VPlan:BaseUrl", "ftp://api.vplan.com" },
            { "Lake:Location", "s3://bucket/lake" },
            { "Lake:RetentionDays", "-1" },
            { "Lake:RetentionDays", "31" },
            { "Warehouse:Kind", "oracle" },
            { "Warehouse:Authentication", "kerberos" },
            { "Warehouse:Deploy", "maybe" },
            { "Runs:WorkFolder", "https://storage" },
            { "Runs:KeepDays", "0" },
            { "Runs:MaxRejectPercent", "101" },
            { "Runs:MinRejects", "-1" },
            { "Runs:MaxDeletePercent", "1.5" },
            { "Runs:MinDeletes", "-1" },
            { "Runs:SweepDays", "0" },
            { "Calendar:Language", "de" },
            { "Calendar:FiscalYearStart", "0" },
            { "Calendar:FiscalYearStart", "13" },
            { "Calendar:FiscalYearStart", "April" },
        };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nothing_set_is_every_default()
    {
        var settings = Read();

        settings.VPlan.BaseUrl.Should().Be("https://api.vplan.com/v1");
        settings.VPlan.ApiKey.Should().BeEmpty();
        settings.VPlan.RequestsPerDay.Should().Be(8000);
        settings.VPlan.Concurrency.Should().Be(4);
        settings.VPlan.PageSize.Should().Be(1000);
        settings.TimeZone.Id.Should().Be("Europe/Amsterdam");
        settings.Overlap.Should().Be(TimeSpan.FromMinutes(15));
        settings.Lake.Location.Should().Be(new StoreLocation.Folder(Path.GetFullPath("./vplan-data/lake")));
        settings.Warehouse.Should().Be(new WarehouseSettings("duckdb", "Data Source=./vplan-data/warehouse.duckdb"));
        settings.Runs.WorkFolder.Should().Be(new StoreLocation.Folder(Path.GetFullPath("./vplan-data/work")));
        settings.Runs.Keep.Should().Be(TimeSpan.FromDays(30));
        settings.Runs.MaxRejectShare.Should().Be(0.01);
        settings.Runs.MinRejects.Should().Be(10);
        settings.Runs.MaxDeleteShare.Should().Be(0.1);
        settings.Calendar.Should().Be(new CalendarSettings(Holidays.Dutch, 1));
    }

    [Fact]
    public void A_flag_beats_the_file_and_the_last_flag_the_first()
    {
        WriteFile("""{ "VPlan": { "PageSize": 100, "Concurrency": 2 } }""");

        var settings = Read("VPlan:PageSize=200", "vplan:pagesize=300");

        settings.VPlan.PageSize.Should().Be(300);
        settings.VPlan.Concurrency.Should().Be(2);
    }

    [Fact]
    public void A_blank_value_is_the_default() =>
        Read("VPlan:PageSize= ", "Lake:Location=").VPlan.PageSize.Should().Be(1000);

    [Theory]
    [MemberData(nameof(Ranges))]
    public void A_value_out_of_range_names_the_setting_the_value_and_what_is_allowed(string key, string value) =>
        Refusal($"{key}={value}").Should().Contain($"{key} is '{value}'; it takes ");

    [Theory]
    [InlineData("Lake:Location")]
    [InlineData("Calendar:Holidays")]
    [InlineData("VPlan:ApiKeyFile")]
    public void A_value_with_a_character_that_no_path_has_is_told(string key) =>
        Refusal($"{key}=a\0b").Should().StartWith($"{key} holds a NUL character");

    [Theory]
    [InlineData("BlobEndpoint=https://acct.blob.core.windows.net;SharedAccessSignature=SAS")]
    [InlineData("BlobEndpoint=https://acct.blob.core.windows.net/;SharedAccessSignature=?SAS")]
    [InlineData(
        "BlobEndpoint=https://acct.blob.core.windows.net/;QueueEndpoint=https://acct.queue.core.windows.net/;FileEndpoint=https://acct.file.core.windows.net/;TableEndpoint=https://acct.table.core.windows.net/;SharedAccessSignature=SAS"
    )]
    [InlineData("SharedAccessSignature=SAS;blobendpoint=https://ACCT.blob.core.windows.net:443/;")]
    [InlineData("AccountName=acct;SharedAccessSignature=SAS;EndpointSuffix=core.windows.net")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=acct;SharedAccessSignature=SAS")]
    [InlineData("BlobEndpoint=https://acct.blob.core.windows.net/?SAS")]
    public void A_signature_is_taken_in_every_form_and_stands_in_no_place(string connectionString)
    {
        var lake = SignedIn(connectionString, "https://acct.blob.core.windows.net/lake/p");

        lake.Should().BeOfType<StoreLocation.Blob>().Which.Signature!.Text.Should().Be(Sas);
        (lake.ToString(), lake.Below("_work").Open(TimeProvider.System).Location)
            .Should()
            .Be(("https://acct.blob.core.windows.net/lake/p", "https://acct.blob.core.windows.net/lake/p/_work"));
    }

    [Fact]
    public void A_signature_for_an_emulator_is_taken_with_the_account_in_the_path() =>
        SignedIn(
                "BlobEndpoint=http://127.0.0.1:10000/devstoreaccount1;SharedAccessSignature=SAS",
                "http://127.0.0.1:10000/devstoreaccount1/lake/p"
            )
            .Open(TimeProvider.System)
            .Location.Should()
            .Be("http://127.0.0.1:10000/devstoreaccount1/lake/p");

    [Theory]
    [InlineData("https://acct.blob.core.windows.net/?SAS", "is a signature, or a URL with one")]
    [InlineData("?SAS", "is a signature, or a URL with one")]
    [InlineData(
        "QueueEndpoint=https://acct.queue.core.windows.net;SharedAccessSignature=SAS",
        "neither a BlobEndpoint"
    )]
    [InlineData(
        "BlobEndpoint=https://acct.blob.core.windows.net;SharedAccessSignature=sv=2022-11-02&sp=r",
        "has no sig"
    )]
    [InlineData(
        "BlobEndpoint=https://other.blob.core.windows.net;SharedAccessSignature=SAS",
        "such as https://other.blob.core.windows.net/CONTAINER/PREFIX"
    )]
    public void A_signature_that_cannot_be_used_is_told_and_not_shown(string connectionString, string said) =>
        FluentActions
            .Invoking(() => SignedIn(connectionString, "https://acct.blob.core.windows.net/lake/p"))
            .Should()
            .Throw<ConfigurationException>()
            .Which.Message.Should()
            .Contain(said)
            .And.NotContain("s3cret");

    [Theory]
    [InlineData("abfss://lake@acct.dfs.core.windows.net/vplan", "https://acct.blob.core.windows.net/lake/vplan")]
    [InlineData("abfs://lake@acct.dfs.core.usgovcloudapi.net", "https://acct.blob.core.usgovcloudapi.net/lake")]
    [InlineData("wasbs://lake@acct.blob.core.windows.net/vplan/", "https://acct.blob.core.windows.net/lake/vplan")]
    [InlineData("az://lake/vplan", "https://ACCOUNT.blob.core.windows.net/lake/vplan")]
    [InlineData("az://acct.blob.core.windows.net/lake/vplan", "https://acct.blob.core.windows.net/lake/vplan")]
    [InlineData("https://acct.dfs.core.windows.net/lake/vplan", "https://acct.blob.core.windows.net/lake/vplan")]
    [InlineData("https://acct.dfs.core.windows.net", "https://acct.blob.core.windows.net/CONTAINER/PREFIX")]
    [InlineData(
        "https://acct.file.core.windows.net/share/vplan",
        "https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX"
    )]
    [InlineData(
        "https://onelake.dfs.fabric.microsoft.com/ws/lh.Lakehouse/Tables",
        "https://onelake.blob.fabric.microsoft.com/ws/lh.Lakehouse/Tables"
    )]
    [InlineData(
        "abfss://ws@onelake.dfs.fabric.microsoft.com/lh.Lakehouse/Tables",
        "https://onelake.blob.fabric.microsoft.com/ws/lh.Lakehouse/Tables"
    )]
    [InlineData("acct.blob.core.windows.net/lake/vplan", "https://acct.blob.core.windows.net/lake/vplan")]
    [InlineData("s3://bucket/lake", "https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX")]
    [InlineData("gs://bucket", "https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX")]
    [InlineData("dbfs:/mnt/lake", "https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX")]
    [InlineData("file:///srv/lake", "as its path: /srv/lake")]
    [InlineData("~bob/lake", "a path in full")]
    public void A_place_as_other_tools_write_it_is_told_as_this_one_takes_it(string place, string instead)
    {
        foreach (var key in new[] { "Lake:Location", "Runs:WorkFolder" })
            Refusal($"{key}={place}").Should().StartWith($"{key} is '{place}'; it takes ").And.Contain(instead);
    }

    [Theory]
    [InlineData("https://acct.blob.core.windows.net/lake/p?sv=1&sig=s3cret", "Lake__ConnectionString")]
    [InlineData("abfss://lake@acct.dfs.core.windows.net/p?sv=1&sig=s3cret", "Lake__ConnectionString")]
    [InlineData("s3://key:s3cret@bucket/lake", "is no place for a secret")]
    public void A_secret_in_a_place_is_refused_and_not_shown(string place, string said) =>
        Refusal($"Lake:Location={place}").Should().Contain(said).And.NotContain("s3cret");

    [Fact]
    public void A_tilde_is_the_home_folder_in_every_path()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

        var settings = Read("Lake:Location=~/lake", "Runs:WorkFolder=~");

        (settings.Lake.Location, settings.Runs.WorkFolder)
            .Should()
            .Be((new StoreLocation.Folder(Path.Combine(home, "lake")), new StoreLocation.Folder(home)));
        Refusal("VPlan:ApiKeyFile=~/no/such/key").Should().Contain(Path.Combine(home, "no/such/key"));
        new VPlanExport.Warehouse.DuckDb.DuckDbWarehouse("Data Source=~/w.duckdb", TimeProvider.System)
            .Location.Should()
            .Contain(Path.Combine(home, "w.duckdb"));
    }

    [Theory]
    [InlineData("Europe/amsterdan", "Europe/Amsterdam")]
    [InlineData("Europe/Amstredam", "Europe/Amsterdam")]
    [InlineData("Amsterdam", "Europe/Amsterdam")]
    [InlineData("america/new york!", "America/New_York")]
    public void A_time_zone_that_is_misspelt_is_told_with_the_one_that_was_meant(string zone, string meant) =>
        Refusal($"VPlan:TimeZone={zone}")
            .Should()
            .Contain($"VPlan:TimeZone is '{zone}'")
            .And.EndWith($"Did you mean '{meant}'?");

    [Theory]
    [InlineData("http://127.0.0.1:5080/v1")]
    [InlineData("http://localhost:5080/v1")]
    [InlineData("http://[::1]:5080/v1")]
    [InlineData("https://vplan.example.com/v1")]
    public void An_address_that_keeps_the_key_safe_is_taken(string url) =>
        Read("VPlan:BaseUrl=" + url).VPlan.BaseUrl.Should().Be(url);

    [Fact]
    public void Two_settings_that_contradict_each_other_are_both_told() =>
        Refusal("VPlan:Concurrency=8", "VPlan:RequestsPerDay=5")
            .Should()
            .ContainAll("VPlan:Concurrency is 8", "VPlan:RequestsPerDay is 5");

    [Theory]
    [InlineData("""{ "VPlan": { "PageSise": 5 } }""", "'VPlan:PageSise'", "VPlan:PageSize")]
    [InlineData("""{ "Runs": "x" }""", "'Runs'", "Runs:WorkFolder")]
    [InlineData("""{ "VPlan": { "apikey": "s3cret" } }""", "VPlan:ApiKey is set in appsettings.json", "VPlan__ApiKey")]
    [InlineData("{ \"VPlan\": \n { ", "appsettings.json", "LineNumber: 1")]
    public void A_file_that_makes_no_sense_is_refused(string json, string named, string advice)
    {
        WriteFile(json);

        Refusal().Should().ContainAll(named, advice).And.NotContain("s3cret");
    }

    [Fact]
    public void Sections_of_other_programs_are_left_alone()
    {
        WriteFile("""{ "Logging": { "Level": "Debug" } }""");

        FluentActions.Invoking(() => Read()).Should().NotThrow();
    }

    [Fact]
    public void The_key_is_read_from_its_file_without_the_line_end()
    {
        var file = Path.Combine(_folder.Path, "key.txt");
        File.WriteAllText(file, " the-key\r\n");

        Read($"VPlan:ApiKeyFile={file}").VPlan.ApiKey.Should().Be("the-key");
    }

    [Fact]
    public void A_key_file_that_cannot_be_read_is_named()
    {
        Refusal("VPlan:ApiKeyFile=/no/such/key")
            .Should()
            .ContainAll("VPlan:ApiKeyFile names '/no/such/key'", "cannot be read");
        Refusal($"VPlan:ApiKeyFile={_folder.Path}").Should().ContainAll(_folder.Path, "cannot be read");
    }

    [Fact]
    public void A_secret_where_the_name_of_its_file_belongs_is_not_shown() =>
        Refusal("VPlan:ApiKeyNextFile=s3cret-value")
            .Should()
            .Contain("VPlan:ApiKeyNextFile names a file that cannot be read")
            .And.NotContain("s3cret-value");

    [Theory]
    [InlineData("Lake:Location=DefaultEndpointsProtocol=https;AccountName=a;AccountKey=s3cret==", "Lake:Location")]
    [InlineData(
        "Lake:Location=BlobEndpoint=https://a.blob.core.windows.net;SharedAccessSignature=sv=1&sig=s3cret",
        "Lake:Location"
    )]
    [InlineData("Warehouse:Kind=Server=s;Database=d;Password=s3cret", "Warehouse:Kind")]
    [InlineData("VPlan:BaseUrl=https://me:s3cret@api.vplan.com/v1", "VPlan:BaseUrl")]
    [InlineData("VPlan:ApiKeyNext=s3cret", "VPlan:ApiKeyNext")]
    public void A_secret_in_a_setting_that_is_shown_is_refused_and_not_shown(string set, string named) =>
        Refusal(set).Should().Contain(named).And.NotContain("s3cret");

    [Fact]
    public void Every_secret_is_known_wherever_it_was_put()
    {
        WriteFile("""{ "VPlan": { "ApiKey": "key-in-the-file" } }""");
        var file = Path.Combine(_folder.Path, "warehouse.txt");
        File.WriteAllText(file, """Server=s;Database=d;User ID=u;Password="p4ss;""word" """);
        string[] overrides =
        [
            $"Warehouse:ConnectionStringFile={file}",
            "Privacy:Key=key-in-a-flag",
            "Lake:ConnectionString=BlobEndpoint=https://a;SharedAccessSignature=sv=1&sig=abc%2Bdef",
            "no pair",
        ];

        SettingsReader
            .SecretsIn(_folder.Path, overrides)
            .Should()
            .Contain(["key-in-the-file", "key-in-a-flag", "p4ss;\"word", "abc+def", "sv=1&sig=abc%2Bdef"])
            .And.NotContain(["s", "d", "u"]);
    }

    [Theory]
    [InlineData("VPlan:ApiKey")]
    [InlineData("VPlan:ApiKeyNext")]
    public void A_key_that_is_too_short_to_be_kept_out_of_what_is_shown_is_refused_and_not_shown(string setting)
    {
        var file = Path.Combine(_folder.Path, "key.txt");
        File.WriteAllText(file, "q7x");

        Refusal($"{setting}File={file}").Should().Contain($"{setting} has 3 characters").And.NotContain("q7x");
    }

    [Fact]
    public void A_short_password_is_not_shown_behind_its_name()
    {
        var secrets = new Secrets(
            SettingsReader.SecretsIn(
                _folder.Path,
                ["Warehouse:ConnectionString=Server=s;Database=d;User ID=u; Password=q7;Encrypt=True"]
            )
        );

        secrets
            .Mask("Login failed: Server=s;Password=q7;Encrypt=True")
            .Should()
            .Be("Login failed: Server=s;***;Encrypt=True");
    }

    [Fact]
    public void Secrets_are_known_although_the_settings_cannot_be_read()
    {
        WriteFile("{ ");

        SettingsReader
            .SecretsIn(_folder.Path, ["VPlan:ApiKey=the-key", "VPlan:ApiKeyNextFile=/no/such/file"])
            .Should()
            .Equal("the-key");
    }

    [Fact]
    public void Settings_do_not_print_the_key()
    {
        var file = Path.Combine(_folder.Path, "key.txt");
        File.WriteAllText(file, "the-key");

        Read($"VPlan:ApiKeyFile={file}").ToString().Should().NotContain("the-key");
    }

    [Fact]
    public void SQL_Server_needs_a_connection_string_and_keeps_a_password_out_of_files_and_flags()
    {
        Refusal("Warehouse:Kind=sqlserver")
            .Should()
            .ContainAll("Warehouse:Kind is 'sqlserver'", "Warehouse:ConnectionString is not set");
        Refusal("Warehouse:Kind=sqlserver", "Warehouse:ConnectionString=Server=s;Database=d;User ID=u;Password=s3cret")
            .Should()
            .ContainAll("Warehouse:ConnectionString is set in --set", "Warehouse__ConnectionString")
            .And.NotContain("s3cret");
        WriteFile("""{ "Warehouse": { "ConnectionString": "Server=s;Database=d;UID=u; PWD = s3cret" } }""");
        Refusal().Should().Contain("appsettings.json").And.NotContain("s3cret");
    }

    [Fact]
    public void The_connection_string_of_SQL_Server_is_read_from_its_file_and_not_printed()
    {
        var file = Path.Combine(_folder.Path, "warehouse.txt");
        File.WriteAllText(file, "Server=s;Database=d;User ID=u;Password=s3cret\n");

        var settings = Read(
            "Warehouse:Kind=sqlserver",
            $"Warehouse:ConnectionStringFile={file}",
            "Warehouse:Authentication=entra",
            "Warehouse:Deploy=false"
        );

        settings
            .Warehouse.Should()
            .Be(
                new WarehouseSettings(
                    WarehouseSettings.SqlServer,
                    "Server=s;Database=d;User ID=u;Password=s3cret",
                    IsEntra: true,
                    Deploys: false
                )
            );
        settings.ToString().Should().NotContain("s3cret");
    }

    private void WriteFile(string json) => File.WriteAllText(Path.Combine(_folder.Path, "appsettings.json"), json);

    private const string Sas = "sv=2022-11-02&ss=b&srt=sco&sp=rwdlac&se=2030-01-01T00:00:00Z&sig=s3cret";

    private StoreLocation SignedIn(string connectionString, string place)
    {
        var file = Path.Combine(_folder.Path, "lake.txt");
        File.WriteAllText(file, connectionString.Replace("SAS", Sas, StringComparison.Ordinal));
        return Read($"Lake:ConnectionStringFile={file}", $"Lake:Location={place}").Lake.Location;
    }

    private Settings Read(params string[] overrides) => SettingsReader.Read(_folder.Path, overrides);

    private string Refusal(params string[] overrides) =>
        FluentActions.Invoking(() => Read(overrides)).Should().Throw<ConfigurationException>().Which.Message;
}
