using Gateway.Evidence.Snapshots;
using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Documents.Kinds;
using Gateway.Testing;

namespace Gateway.Evidence.Tests.Snapshots;

public sealed class KeptSnapshotsTests : IDisposable
{
    private readonly TemporaryDirectory _root = new();
    private FileReading? _reading;
    private CompiledGovernance? _compiled;

    private string Folder => Path.Combine(_root.Path, KeptSnapshots.FolderName);

    public void Dispose() => _root.Dispose();

    [Fact]
    public void WhatFollows_IsKeptAsItsDifference_AndEachRevisionIsFound()
    {
        var kept = new KeptSnapshots(_root.Path);
        List<CompiledGovernance> all = [.. Enumerable.Range(1, 5).Select(amount => Change(amount))];
        all.ForEach(kept.Keep);

        Assert.Single(Directory.GetFiles(Folder), file => !File.ReadAllText(file).StartsWith("# from ", StringComparison.Ordinal));
        Assert.All(all, governance => Assert.NotNull(new KeptSnapshots(_root.Path).Find(governance.Snapshot.Revision)));
    }

    [Fact]
    public void AnotherRun_BeginsWithAWholeOne()
    {
        var kept = new KeptSnapshots(_root.Path);
        kept.Keep(Change(1));
        var second = Change(2);
        kept.Keep(second);
        (_reading, _compiled) = (null, null);
        new KeptSnapshots(_root.Path).Keep(Change(2));

        Assert.DoesNotContain("# from ", File.ReadAllText(FileOf(second)), StringComparison.Ordinal);
        Assert.NotNull(new KeptSnapshots(_root.Path).Find(second.Snapshot.Revision));
    }

    [Fact]
    public void MoreDocuments_ThanADifferenceMayHave_AreWhatTheNextLeansOn()
    {
        var kept = new KeptSnapshots(_root.Path);
        CompiledGovernance[] all = [Change(1), Change(2, agents: 300), Change(3, agents: 300), Change(4, agents: 10)];
        Array.ForEach(all, kept.Keep);

        Assert.StartsWith($"# from {all[1].Snapshot.Revision}", File.ReadAllText(FileOf(all[2])), StringComparison.Ordinal);
        Assert.All(all, governance => Assert.NotNull(new KeptSnapshots(_root.Path).Find(governance.Snapshot.Revision)));
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("changed")]
    [InlineData("leaning on itself")]
    public void ADifference_WhoseWholeIsNotThere_IsNoGovernance(string how)
    {
        var kept = new KeptSnapshots(_root.Path);
        CompiledGovernance[] all = [Change(1), Change(2)];
        Array.ForEach(all, kept.Keep);
        var whole = FileOf(all[0]);
        var text = File.ReadAllText(whole);
        File.Delete(whole);
        if (how != "gone")
        {
            File.WriteAllText(
                whole,
                how == "changed" ? text.Replace("payer", "other", StringComparison.Ordinal) : File.ReadAllText(FileOf(all[1]))
            );
        }

        Assert.Null(new KeptSnapshots(_root.Path).Find(all[1].Snapshot.Revision));
    }

    [Fact]
    public void WithoutWhatItLeansOn_NothingIsKept()
    {
        var kept = new KeptSnapshots(_root.Path);
        var first = Change(1);
        kept.Keep(first);
        File.Delete(FileOf(first));
        var second = Change(2);

        Assert.ThrowsAny<IOException>(() => kept.Keep(second));
        Assert.False(File.Exists(FileOf(second)));
    }

    private string FileOf(CompiledGovernance governance) => Path.Combine(Folder, $"{governance.Snapshot.Revision}.yaml");

    /// <summary>What comes of a change, with nothing but the changed documents read anew.</summary>
    private CompiledGovernance Change(int amount, int agents = 0)
    {
        var text =
            KeptDecisions.Documents.Replace("max: 900", $"max: {amount}", StringComparison.Ordinal)
            + string.Concat(
                Enumerable
                    .Range(0, agents)
                    .Select(i =>
                        $"\n---\napiVersion: gateway/v1\nkind: Agent\nmetadata: {{tenant: acme, name: a{i}}}\n"
                        + "spec: {workspace: main, status: active, level: L1, risk: low}"
                    )
            );
        _reading = FileReading.Read(new SourceFile("world.yaml", text), _reading, keepText: true);
        return _compiled = GovernanceCompiler.Compile([_reading], _compiled).Value!;
    }
}
