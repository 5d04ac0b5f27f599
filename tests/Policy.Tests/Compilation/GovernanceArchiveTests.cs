using System.Text;
using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Policy.Tests.Compilation;

public sealed class GovernanceArchiveTests
{
    [Fact]
    public void Samples_CompileToTheSameRevision_FromWhatIsKept()
    {
        SourceFile[] files =
        [
            .. Directory
                .GetFiles(Path.Combine(Repository.Root, "samples", "governance"), "*.yaml")
                .Select(file => new SourceFile(file, File.ReadAllText(file))),
        ];
        var snapshot = SnapshotCompiler.Compile(files).Value!;
        var kept = TextOf(files);

        Assert.Equal(snapshot.Revision, GovernanceArchive.Read(kept, snapshot.Revision)?.Revision);
        Assert.Equal(kept, TextOf([.. files.Reverse()]));
        Assert.Equal(snapshot.Documents.Count, kept.Count(c => c == '\n'));
    }

    [Theory]
    [InlineData("Ada \"the\" \\ back")]
    [InlineData("Grüße, 世界, 😀")]
    [InlineData("a: b, [c] {d} #e & *f !g | > ' % @ `")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("5")]
    [InlineData("~")]
    [InlineData("-")]
    public void AnyText_ComesBackAsItWas(string purpose)
    {
        var world = new World
        {
            Purpose = '"' + purpose.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + '"',
        };

        RoundTrips(world);
        Assert.Equal(purpose, AgentOf(world.Compile()).Purpose);
    }

    [Fact]
    public void Everything_ThatAWorldCanSay_ComesBack() =>
        RoundTrips(
            new World
            {
                Action = "financial",
                Gate = "active: true, actions: [financial]",
                Transaction = "amount: /amount, max: 100.50, decimals: 2",
                Hours = "days: [mon, tue], from: '09:00', to: '17:00', timezone: Europe/Berlin",
                Flow = "customer",
                Finding = "low",
                MaxTokens = null,
                Rules = ["{name: a, effect: degrade, priority: 7, when: \"args.x == 'a\\\"b'\", obligations: {sample: 0.5}}"],
            }.Strictly()
        );

    [Fact]
    public void AChangedLine_IsNotTheGovernanceOfItsName()
    {
        var (snapshot, kept) = Keep(new World());

        Assert.Null(GovernanceArchive.Read(kept.Replace("Ada Sample", "Eve Sample", StringComparison.Ordinal), snapshot.Revision));
        Assert.Null(GovernanceArchive.Read(kept[(kept.IndexOf('\n') + 1)..], snapshot.Revision));
        Assert.Null(GovernanceArchive.Read("", snapshot.Revision));
        Assert.Null(GovernanceArchive.Read("{", snapshot.Revision));
    }

    private static Agent AgentOf(Snapshot snapshot) => snapshot.Find(Id<Tenant>.Parse("demo"))!.Agents[Id<Agent>.Parse("agent")].Agent;

    private static void RoundTrips(World world)
    {
        var (snapshot, kept) = Keep(world);
        Assert.NotNull(GovernanceArchive.Read(kept, snapshot.Revision));
        Assert.Equal(kept, TextOf([new SourceFile("kept.yaml", kept)]));
    }

    private static (Snapshot Snapshot, string Kept) Keep(World world) =>
        (world.Compile(), TextOf([new SourceFile("world.yaml", world.Yaml)]));

    private static string TextOf(IReadOnlyList<SourceFile> files)
    {
        using var text = new MemoryStream();
        GovernanceCompiler.Compile(files).Value!.Text.Write(text);
        return Encoding.UTF8.GetString(text.ToArray());
    }
}
