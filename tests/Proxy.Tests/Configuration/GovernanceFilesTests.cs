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
        var before = GovernanceFiles.Stamps(_folder.Path);

        var first = Assert.Single(GovernanceFiles.Read(_folder.Path));
        Version("..2030_01_02", "two");
        Directory.Delete(_folder.File("..data"));
        Directory.CreateSymbolicLink(_folder.File("..data"), "..2030_01_02");
        var second = Assert.Single(GovernanceFiles.Read(_folder.Path));

        Assert.Equal(("agents.yaml", "one"), (first.Name, first.Text));
        Assert.Equal(("agents.yaml", "two"), (second.Name, second.Text));
        Assert.NotEqual(before, GovernanceFiles.Stamps(_folder.Path));
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

    [Theory]
    [InlineData("iso-8859-1", false)]
    [InlineData("utf-16", false)]
    [InlineData("utf-8", true)]
    public void Read_OfWhatIsNotUtf8_IsRefusedByName(string encoding, bool good)
    {
        File.WriteAllText(
            _folder.File("rules.yaml"),
            "when: args.text.contains('M\u00fcller')",
            System.Text.Encoding.GetEncoding(encoding)
        );

        var problem = Record.Exception(() => GovernanceFiles.Read(_folder.Path));

        Assert.Equal(good, problem is null);
        Assert.True(good || problem is IOException { Message: "'rules.yaml' isn't UTF-8. Save it as UTF-8." }, problem?.Message);
    }

    [Fact]
    public void Read_OfUtf8WithItsMarkInFront_TakesTheTextBehindIt()
    {
        File.WriteAllText(_folder.File("a.yaml"), "M\u00fcller", new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Equal("M\u00fcller", Assert.Single(GovernanceFiles.Read(_folder.Path)).Text);
    }

    [Fact]
    public async Task Read_WhileADocumentMovesFromOneFileToAnother_DoesNotMissIt()
    {
        File.WriteAllText(_folder.File("a.yaml"), "");
        File.WriteAllText(_folder.File("z.yaml"), "rules");
        using var ending = new CancellationTokenSource();
        var moving = Task.Run(() =>
        {
            for (var (from, to) = ("z.yaml", "a.yaml"); !ending.IsCancellationRequested; (from, to) = (to, from))
            {
                File.WriteAllText(_folder.File(to), "rules");
                File.WriteAllText(_folder.File(from), "");
                Thread.Yield();
            }
        });
        for (var i = 0; i < 200; i++)
        {
            try
            {
                Assert.NotEmpty(GovernanceFiles.Read(_folder.Path));
                Assert.Contains("rules", GovernanceFiles.Read(_folder.Path).Select(file => file.Text));
            }
            catch (IOException)
            {
                // They changed each time that they were read.
            }
        }

        await ending.CancelAsync();
        await moving;
    }

    [PipeFact]
    public void Read_OfAPipe_WaitsForNobody()
    {
        Assert.True(PipeFactAttribute.Make(_folder.File("m.yaml")));
        Assert.Contains("m.yaml", Assert.Throws<IOException>(() => GovernanceFiles.Read(_folder.Path)).Message, StringComparison.Ordinal);
    }

    private void Version(string name, string text)
    {
        Directory.CreateDirectory(_folder.File(name));
        File.WriteAllText(_folder.File(name + "/agents.yaml"), text);
    }
}
