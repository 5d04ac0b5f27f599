using Gateway.Proxy.Configuration;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Configuration;

public sealed class GovernanceFilesTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_OfAMountedConfigMap_TakesEachDocumentOnceAndSeesTheSwap()
    {
        Version("..2030_01_01", "one");
        Directory.CreateSymbolicLink(_folder.File("..data"), "..2030_01_01");
        File.CreateSymbolicLink(_folder.File("agents.yaml"), "..data/agents.yaml");
        var before = GovernanceFiles.Stamp(_folder.Path);

        var first = Assert.Single(GovernanceFiles.Read(_folder.Path));
        Version("..2030_01_02", "two");
        Directory.Delete(_folder.File("..data"));
        Directory.CreateSymbolicLink(_folder.File("..data"), "..2030_01_02");
        var second = Assert.Single(GovernanceFiles.Read(_folder.Path));

        Assert.Equal(("agents.yaml", "one"), (first.Name, first.Text));
        Assert.Equal(("agents.yaml", "two"), (second.Name, second.Text));
        Assert.NotEqual(before, GovernanceFiles.Stamp(_folder.Path));
    }

    [Fact]
    public void Read_OfNestedFolders_NamesFilesRelativeToTheRoot()
    {
        Directory.CreateDirectory(_folder.File("b"));
        File.WriteAllText(_folder.File("b/x.yml"), "");
        File.WriteAllText(_folder.File("a.yaml"), "");
        File.WriteAllText(_folder.File("notes.txt"), "");

        Assert.Equal(["a.yaml", "b/x.yml"], GovernanceFiles.Read(_folder.Path).Select(f => f.Name));
    }

    private void Version(string name, string text)
    {
        Directory.CreateDirectory(_folder.File(name));
        File.WriteAllText(_folder.File(name + "/agents.yaml"), text);
    }
}
