using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Documents.Kinds;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Compilation;

/// <summary>What comes of a change is what comes of compiling everything anew.</summary>
public sealed class GovernanceCompilerPropertyTests
{
    [Fact]
    public void AnyEdits_GiveWhatCompilingAnewGives()
    {
        var good = 0;
        Prop.ForAll(
                EditedFolder.Edit().ListOf().ToArbitrary(),
                edits =>
                {
                    var follower = new Follower();
                    Check(follower, EditedFolder.Start.Sources);
                    var folder = EditedFolder.Start;
                    foreach (var edit in edits)
                    {
                        folder = edit(folder);
                        good += Check(follower, folder.Sources) ? 1 : 0;
                        good += Check(follower, EditedFolder.Start.Sources) ? 1 : 0; // And from there to what compiles, and back.
                        Check(follower, folder.Sources);
                    }
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithEndSize(25));
        Assert.True(good > 500, "Too few of the edits compiled.");
    }

    [Fact]
    public void OneDocument_LeavesWhatIsOnRecordAboutOthersAsItWas()
    {
        var follower = new Follower();
        var before = follower.Compile(EditedFolder.Start.Sources).Value!.Snapshot;
        SourceFile[] sources = [.. EditedFolder.Start.Sources];
        sources[1] = sources[1] with
        {
            Text = sources[1].Text.Replace("name: p3-0", "name: p3-0, labels: {a: b}", StringComparison.Ordinal),
        };

        var after = follower.Compile(sources).Value!.Snapshot;

        Assert.NotEqual(before.Revision, after.Revision);
        Assert.Same(AgentOf(before, "a2"), AgentOf(after, "a2"));
        Assert.NotSame(AgentOf(before, "a3"), AgentOf(after, "a3"));
    }

    private static object AgentOf(Snapshot snapshot, string agent) =>
        snapshot.Find(Id<Tenant>.Parse("demo"))!.Agents[Id<Agent>.Parse(agent)];

    private static bool Check(Follower follower, IReadOnlyList<SourceFile> sources)
    {
        var (changed, anew) = (follower.Compile(sources), GovernanceCompiler.Compile(sources));
        Assert.Equal(anew.Errors, changed.Errors);
        Assert.Equal(anew.Value is null, changed.Value is null);
        if (anew.Value is not { } expected || changed.Value is not { } actual)
        {
            return false;
        }

        Same(expected.Snapshot, actual.Snapshot);
        Assert.Equal(expected.Snapshot.Shadow is null, actual.Snapshot.Shadow is null);
        if (expected.Snapshot.Shadow is { } shadow)
        {
            Same(shadow, actual.Snapshot.Shadow!);
        }

        follower.Keep(actual);
        return true;
    }

    private static void Same(Snapshot expected, Snapshot actual)
    {
        Assert.Equal(expected.Revision, actual.Revision);
        Assert.Equal(expected.Documents, actual.Documents);
        Assert.Equal(expected.Tenants, actual.Tenants);
        foreach (var intent in Intents())
        {
            Assert.Equal(Judged(expected, intent), Judged(actual, intent));
        }
    }

    private static string Judged(Snapshot snapshot, Intent intent)
    {
        var decision = Evaluator.Evaluate(snapshot, intent, new World().Facts);
        return $"{decision.Verdict} {string.Join(' ', decision.Reasons)}\n{string.Join('\n', decision.Path.Select(e => e.ToString()))}";
    }

    private static IEnumerable<Intent> Intents() =>
        from agent in Enumerable.Range(0, 5)
        from connector in Enumerable.Range(0, 3)
        from operation in Enumerable.Range(0, 2)
        select new World
        {
            IntentAgent = $"a{agent}",
            IntentConnector = $"c{connector}",
            IntentOperation = $"o{operation}",
        }.Intent();

    /// <summary>As the gateway follows its folder, with what it keeps beside its records.</summary>
    private sealed class Follower
    {
        private readonly Dictionary<string, FileReading> _readings = [];
        private readonly List<string> _texts = [];
        private CompiledGovernance? _compiled;
        private GovernanceText? _kept;

        public Validated<CompiledGovernance> Compile(IReadOnlyList<SourceFile> sources)
        {
            foreach (var file in sources)
            {
                _readings[file.Name] = FileReading.Read(file, _readings.GetValueOrDefault(file.Name), keepText: true);
            }

            var result = GovernanceCompiler.Compile([.. sources.Select(file => _readings[file.Name])], _compiled);
            _compiled = result.Value ?? _compiled;
            return result;
        }

        /// <summary>What is kept compiles to what is in force.</summary>
        public void Keep(CompiledGovernance governance)
        {
            var text = governance.Text;
            if (_kept is not { } before)
            {
                _texts.Add(Written(text.Write));
            }
            else if (text.Revision == before.Revision)
            {
                return;
            }
            else
            {
                _texts.Add(Written(stream => text.WriteChange(stream, before)));
                Assert.Equal(before.Revision, GovernanceArchive.FromOf(_texts[^1]));
            }

            text.Forget();
            _kept = text;
            Assert.NotNull(GovernanceArchive.Read(_texts, text.Revision));
        }

        private static string Written(Action<Stream> write)
        {
            using var stream = new MemoryStream();
            write(stream);
            return Encoding.UTF8.GetString(stream.ToArray());
        }
    }
}
