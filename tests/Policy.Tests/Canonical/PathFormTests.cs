using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;
using Gateway.Policy.Tests.Generators;

namespace Gateway.Policy.Tests.Canonical;

public sealed class PathFormTests
{
    private static readonly Gen<PathEntry> Entries =
        from control in Gen.Elements(Enum.GetValues<Control>())
        from outcome in Gen.Elements(Enum.GetValues<CheckOutcome>())
        from reason in Gen.Elements(Enum.GetValues<ReasonCode>())
        from inputs in Gen.Elements("", "level=L2", "a=\"b\\c\" \n", "é=😀", new string('x', 300))
        from file in Gen.Elements(null, "agents.yaml", "Ämter/\"b\".yaml", new string('f', 300))
        from line in Gen.Choose(0, 12)
        select new PathEntry(control, outcome, reason, inputs, file is null ? null : new SourcePosition(file, line, 5));

    private static readonly Gen<DecisionPath> Paths = Gen.ListOf(Entries).Select(entries => DecisionPath.Create([.. entries]));

    [Fact]
    public void Form_HasAnObjectAControl_WithoutWhatIsntThere() =>
        Assert.Equal(
            """[{"control":1,"inputs":"agent=a","outcome":"pass","source":"agents.yaml:3:1"},{"control":5"""
                + ""","inputs":"level=\"L2\"","outcome":"fail","reason":"atf_boundary"}]""",
            Form([
                new PathEntry(
                    Control.AgentRegistration,
                    CheckOutcome.Pass,
                    ReasonCode.None,
                    "agent=a",
                    new SourcePosition("agents.yaml", 3, 1)
                ),
                new PathEntry(Control.AtfBoundary, CheckOutcome.Fail, ReasonCode.AtfBoundary, "level=\"L2\"", null),
            ])
        );

    [Fact]
    public void Form_OfNoControl_IsEmpty() => Assert.Equal("[]", Form([]));

    [Fact]
    public void Form_HoweverOftenItIsWritten_IsTheOneWrittenAnew() =>
        Prop.ForAll(Paths.ToArbitrary(), path => StaysTheSame(path)).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Form_OfWhatWasJudged_IsTheOneWrittenAnewToo() =>
        Prop.ForAll(Worlds.Any.ToArbitrary(), world => StaysTheSame(world.Judge().Path)).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Form_WrittenByThreadsAtOnce_IsTheSameForAll() =>
        Prop.ForAll(
                Paths.ToArbitrary(),
                path =>
                {
                    const int Threads = 4;
                    using var start = new Barrier(Threads);
                    var forms = new string[Threads][];
                    var threads = Enumerable
                        .Range(0, Threads)
                        .Select(i => new Thread(() =>
                        {
                            start.SignalAndWait();
                            forms[i] = [Form(path), Form(path), Form(path)];
                        }))
                        .ToList();
                    threads.ForEach(thread => thread.Start());
                    threads.ForEach(thread => thread.Join());

                    var anew = Form(DecisionPath.Create(path.AsSpan()));
                    return forms.SelectMany(all => all).All(form => form == anew);
                }
            )
            .Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Form_OfAPathThatIsWrittenOnce_IsNotKept()
    {
        DecisionPath path = [new PathEntry(Control.AtfBoundary, CheckOutcome.Pass, ReasonCode.None, "level=L2", null)];
        var form = Form(path);
        Assert.Equal([], path.Form!);

        Assert.Equal(form, Form(path));
        Assert.Equal(form, Encoding.UTF8.GetString(path.Form!));
    }

    [Fact]
    public void Form_WithTextThatIsNotUnicode_IsRefusedEachTime()
    {
        DecisionPath path = [new PathEntry(Control.AtfBoundary, CheckOutcome.Pass, ReasonCode.None, "\ud800", null)];
        for (var i = 0; i < 3; i++)
        {
            Assert.Throws<ArgumentException>(() => Form(path));
        }
    }

    [Fact]
    public void Outcomes_HaveNamesThatDiffer()
    {
        var names = Enum.GetValues<CheckOutcome>().Select(value => Encoding.UTF8.GetString(PathForm.NameOf(value))).ToList();
        Assert.Equal(names, names.Distinct(StringComparer.Ordinal));
    }

    private static bool StaysTheSame(DecisionPath path)
    {
        var anew = Form(DecisionPath.Create(path.AsSpan()));
        return CanonicalJson.IsCanonical(Encoding.UTF8.GetBytes(anew)) && Form(path) == anew && Form(path) == anew && Form(path) == anew;
    }

    private static string Form(DecisionPath path)
    {
        var json = new ArrayBufferWriter<byte>();
        PathForm.Write(new CanonicalJsonWriter(json), path);
        return Encoding.UTF8.GetString(json.WrittenSpan);
    }
}
