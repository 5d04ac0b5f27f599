using System.Text;
using Gateway.Connectors.Bodies;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;

namespace Gateway.Cli.Tests.Commands.Audit;

public sealed class BodiesShowCommandTests : IDisposable
{
    private const string Body = """{"mail":"jane@example.com"}""";

    private static readonly DateOnly Day = new(2999, 1, 31);

    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Show_WritesTheBodysBytesAndNothingElse()
    {
        await KeepAsync("d-1", BodyDirection.Request, Body);
        await KeepAsync("d-1", BodyDirection.Response, "an answer");

        Assert.Equal(Body, (await _folder.RunAsync("bodies show --decision d-1")).Ended(0).Output);
        Assert.Equal(Body, (await _folder.RunAsync("bodies show --decision d-1 --request --tenant demo")).Ended(0).Output);
        Assert.Equal("an answer", (await _folder.RunAsync("bodies show --decision d-1 --response")).Ended(0).Output);
    }

    [Fact]
    public async Task Show_ForPrograms_SaysWhatItIs()
    {
        await KeepAsync("d-1", BodyDirection.Request, Body);

        var data = (await _folder.RunAsync("bodies show --decision d-1 --json")).Ended(0).Data();

        Assert.Equal(
            ("demo", "d-1", "request", Body.Length, Sha256Digest.Compute(Encoding.UTF8.GetBytes(Body)).ToString(), Body),
            (Text("tenant"), Text("decision_id"), Text("direction"), data.GetProperty("length").GetInt32(), Text("digest"), Text("body"))
        );
        string? Text(string name) => data.GetProperty(name).GetString();
    }

    [Fact]
    public async Task Show_OfWhatIsNoText_IsBase64ForPrograms()
    {
        await KeepAsync("d-1", BodyDirection.Response, [0xff, 0x00]);

        Assert.Equal(
            "/wA=",
            (await _folder.RunAsync("bodies show --decision d-1 --response --json")).Ended(0).Data().GetProperty("body_base64").GetString()
        );
    }

    [Fact]
    public async Task Show_OfACopyInAnotherFolder_OpensIt()
    {
        await KeepAsync("d-1", BodyDirection.Request, Body);
        Directory.Move(Path.Combine(_folder.Data, "bodies"), _folder.FileOf("copy"));

        (await _folder.RunAsync("bodies show --decision d-1")).Ended(1);
        Assert.Equal(Body, (await _folder.RunAsync("bodies show --decision d-1 --bodies copy")).Ended(0).Output);
        (await _folder.RunAsync("bodies show --decision d-1 --bodies nowhere --json")).Ended(6).Envelope();
    }

    [Fact]
    public async Task Show_OfWhatWasChanged_FailsVerificationAndShowsNothingOfIt()
    {
        await KeepAsync("d-1", BodyDirection.Request, Body);
        var file = Assert.Single(Directory.GetFiles(_folder.Data, "d-1.request", SearchOption.AllDirectories));
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);

        var run = (await _folder.RunAsync("bodies show --decision d-1 --json")).Ended(2);
        Assert.Contains(
            "decision d-1",
            run.Envelope().GetProperty("errors")[0].GetProperty("message").GetString(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("--decision d-2", 1)]
    [InlineData("--decision d-1 --response", 1)]
    [InlineData("--decision d-1 --tenant other", 3)]
    [InlineData("--decision ../d-1", 6)]
    [InlineData("--decision d-1 --request --response", 6)]
    [InlineData("--response", 6)]
    public async Task Show_OfWhatIsNotThere_SaysSo(string arguments, int exit)
    {
        await KeepAsync("d-1", BodyDirection.Request, Body);

        (await _folder.RunAsync($"bodies show {arguments} --json")).Ended(exit).Envelope();
    }

    [Fact]
    public async Task Show_WithAnotherDataEncryptionKey_NamesTheOneThatIsNeeded()
    {
        await KeepAsync("d-1", BodyDirection.Request, Body);
        var old = _folder.Settings["DATA_ENCRYPTION_KEY"];
        var fresh = KeyGenerator.Generate()[0].Value.Reveal();
        _folder.Settings["DATA_ENCRYPTION_KEY"] = fresh;
        Assert.Contains(old.Split(':')[0], (await _folder.RunAsync("bodies show --decision d-1")).Ended(1).Error, StringComparison.Ordinal);

        _folder.Settings["DATA_ENCRYPTION_KEY"] = $"{fresh},{old}";
        Assert.Equal(1, (await _folder.RunAsync("keys rotate --json")).Ended(0).Data().GetProperty("body_keys").GetInt32());
        _folder.Settings["DATA_ENCRYPTION_KEY"] = fresh;
        Assert.Equal(Body, (await _folder.RunAsync("bodies show --decision d-1")).Ended(0).Output);
    }

    [Fact]
    public async Task ConfigCheck_OfAConnectorThatKeepsBodies_WithoutTheKey_NamesIt()
    {
        var file = Path.Combine(_folder.Governance, "connectors.yaml");
        await File.WriteAllTextAsync(
            file,
            (await File.ReadAllTextAsync(file)).Replace(
                "  type: http\n",
                "  type: http\n  bodies: {keep: redacted}\n",
                StringComparison.Ordinal
            )
        );
        (await _folder.RunAsync("config check")).Ended(0);

        _folder.Settings.Remove("DATA_ENCRYPTION_KEY");
        Assert.Contains("DATA_ENCRYPTION_KEY", (await _folder.RunAsync("config check")).Ended(6).Error, StringComparison.Ordinal);
    }

    private Task KeepAsync(string decision, BodyDirection direction, string body) =>
        KeepAsync(decision, direction, Encoding.UTF8.GetBytes(body));

    private Task KeepAsync(string decision, BodyDirection direction, byte[] body)
    {
        var keys = KeyLoader
            .Load(_folder.Settings.ToDictionary(s => s.Key, s => (string?)s.Value), createMissing: false, _folder.Data)
            .Keys!;
        return new BodyStore(Path.Combine(_folder.Data, "bodies"), new Envelope(keys.DataEncryption)).KeepAsync(
            new(Id<Tenant>.Parse("demo"), Day, decision, direction),
            body,
            synced: false,
            CancellationToken.None
        );
    }
}
