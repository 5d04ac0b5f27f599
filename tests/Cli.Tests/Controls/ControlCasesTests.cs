using Gateway.Testing;

namespace Gateway.Cli.Tests.Controls;

/// <summary>The eleven controls, the ceilings of the levels and reduced forms, as cases in the form that users write.</summary>
public sealed class ControlCasesTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Cli.Tests", "Controls");

    private static IReadOnlyList<string> Names { get; } =
    [.. Directory.EnumerateFiles(Path.Combine(Folder, "cases"), "*.yaml").Order(StringComparer.Ordinal)];

    public static TheoryData<string> Files => [.. Names.Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Cases_AreDecidedAsTheyWant(string file)
    {
        using var folder = new CommandFolder();
        var run = await folder.RunAsync(["policy", "test", Governance, "--cases", Path.Combine(Folder, "cases", file), "--json"]);
        var data = run.Ended(0).Data();
        Assert.True(data.GetProperty("passed").GetInt32() > 0);
        Assert.Equal(0, data.GetProperty("failed").GetInt32());
    }

    [Fact]
    public async Task Controls_EachPassAndFailInSomeCase()
    {
        using var folder = new CommandFolder();
        var cases = Names.SelectMany(path => (string[])["--cases", path]);
        var run = await folder.RunAsync(["policy", "coverage", Governance, .. cases, "--json"]);
        var controls = run.Ended(0).Data().GetProperty("controls");
        Assert.Equal(22, controls.GetProperty("exercised").GetInt32());
        Assert.Empty(controls.GetProperty("missing").EnumerateArray());
    }

    private static string Governance => Path.Combine(Folder, "governance");
}
